import type { FileKind } from './file-kind';

const SAMPLE_BYTES = 4096;
const MODEL =
  'Give the model file: what joblib.dump, pickle.dump, skops.io.dump, skl2onnx, XGBoost, LightGBM or CatBoost (as JSON) wrote.';

const STARTS: readonly (readonly [pattern: RegExp, what: string, remedy: string])[] = [
  [
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<PMML\b/,
    'a PMML document',
    'Export the model from its own library instead: joblib.dump in Python.',
  ],
  [
    /^\s*<!doctype html|^\s*<html/i,
    'an HTML page, probably the page about the file',
    'Download the file itself (the raw file).',
  ],
  [/^\s*<\?xml|^\s*<[a-zA-Z]/, 'an XML document', MODEL],
  [
    /^(?:artifact_path|flavors|mlflow_version|model_uuid|signature|run_id):/m,
    'the MLmodel description of an MLflow model',
    'Give the model file in the same folder: model.pkl, model.ubj or model.json.',
  ],
  [
    /^booster\[\d+\]:\s/,
    'a text dump of XGBoost trees',
    'Save the whole model: booster.save_model("model.json").',
  ],
  [/^(?:#!|import |from \w+ import |def |class )/m, 'a Python program', MODEL],
];

/** What a file of plain text is; `undefined` where it is not text. */
export function kindOfText(bytes: Uint8Array): FileKind | undefined {
  if (bytes.length === 0) return undefined;
  const sample = Buffer.from(bytes.subarray(0, SAMPLE_BYTES));
  const text = sample.toString('utf8');
  // A character that the end of the sample cuts in two is not a fault.
  if (hasControlCharacters(text) || /\ufffd(?!.{0,3}$)/s.test(text)) return undefined;
  for (const [pattern, what, remedy] of STARTS) if (pattern.test(text)) return { what, remedy };
  const lines = text
    .split(/\r?\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 5);
  const separator = [',', ';', '\t'].find(
    (sign) => lines.length > 1 && lines.every((line) => line.includes(sign)),
  );
  if (separator !== undefined) {
    return { what: 'a table of text (CSV), not a model', remedy: MODEL };
  }
  return { what: 'plain text, not a model', remedy: MODEL };
}

/** Control characters other than white space and escape. */
function hasControlCharacters(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32 && code !== 27)) return true;
  }
  return false;
}
