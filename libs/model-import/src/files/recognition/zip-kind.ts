import type { FileKind } from './file-kind';

const NETWORK =
  'Deep learning models are not supported: serve it with the tools of its own framework.';

/** What an archive is by the names of its members, where it is not a skops file. */
export function kindOfZip(names: readonly string[]): FileKind {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/(?:^|\/)data\.pkl$/) && has(/(?:^|\/)(?:version|byteorder|constants\.pkl)$/)) {
    return { what: 'a PyTorch checkpoint', remedy: NETWORK };
  }
  if (has(/^model\.weights\.h5$/)) return { what: 'a Keras model (.keras)', remedy: NETWORK };
  if (has(/(?:^|\/)saved_model\.pb$/)) return { what: 'a TensorFlow SavedModel', remedy: NETWORK };
  if (has(/^xl\//)) {
    return { what: 'an Excel workbook', remedy: 'Give the model, not the data.' };
  }
  if (names.length > 0 && names.every((name) => name.endsWith('.npy'))) {
    return {
      what: 'a file of numpy arrays (.npz)',
      remedy: 'Give the fitted estimator: joblib.dump(model, path).',
    };
  }
  if (has(/\.(?:pkl|pickle|joblib|skops|onnx|ubj)$/)) {
    return {
      what: 'a zip archive with a model file inside',
      remedy: 'Unpack it and give the model file inside.',
    };
  }
  return {
    what: 'a zip archive without a schema.json, so not a skops file',
    remedy: 'Save the model with joblib.dump(model, path, compress=3).',
  };
}
