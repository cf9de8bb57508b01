import { printable } from '../files/bytes/printable';
import type { DocumentFile, ModelFile, PythonFile } from '../files/model-file';
import { NdArray, PyObject, type PyValue } from '../files/values/py-value';
import { asNdArray } from '../files/numpy/as-nd-array';
import { Estimator } from '../estimators/contract/estimator';

const LIBRARIES: ReadonlyMap<string, string> = new Map([
  ['sklearn', 'scikit-learn'],
  ['imblearn', 'imbalanced-learn'],
  ['xgboost', 'XGBoost'],
  ['lightgbm', 'LightGBM'],
  ['catboost', 'CatBoost'],
]);

const ENCODINGS: Record<DocumentFile['encoding'], string> = {
  json: 'JSON',
  ubjson: 'UBJSON',
  binary: 'old binary format',
};

/** What a file is, in words: `an XGBRegressor of XGBoost, saved by joblib`. */
export function describeFile(file: ModelFile): string {
  switch (file.format) {
    case 'pickle':
    case 'joblib':
    case 'skops':
      return `${describeValue(file.root)}, saved by ${writerOf(file)}`;
    case 'onnx':
      return `an ONNX model${file.onnx.producer === '' ? '' : ` of ${printable(file.onnx.producer, 60)}`}`;
    case 'xgboost':
      return `an XGBoost model (${ENCODINGS[file.encoding]})`;
    case 'catboost':
      return 'a CatBoost model (JSON)';
    case 'lightgbm-text':
      return 'a LightGBM text model';
    case 'artifact':
      return 'an artifact of this project';
    case 'export':
      return 'what the export snippet writes';
  }
}

/** The format in a few words, for provenance: `joblib (protocol 4, zlib)`, `ONNX of skl2onnx 1.21.0`. */
export function formatName(file: ModelFile): string {
  switch (file.format) {
    case 'pickle':
    case 'joblib': {
      const compression = file.compression ? `, ${file.compression}` : '';
      return `${file.format} (protocol ${file.protocol}${compression})`;
    }
    case 'onnx':
      return file.onnx.producer === '' ? 'ONNX' : `ONNX of ${file.onnx.producer.slice(0, 60)}`;
    case 'xgboost':
      return `XGBoost ${ENCODINGS[file.encoding]}`;
    case 'lightgbm-text':
      return 'LightGBM text';
    case 'catboost':
      return 'CatBoost JSON';
    case 'export':
    case 'artifact':
      return 'json';
    default:
      return file.format;
  }
}

function writerOf({ format, globals }: PythonFile): string {
  const modules = globals.map(({ module }) => module);
  const library = ['dill', 'cloudpickle'].find((name) =>
    modules.some((module) => module === name || module.startsWith(`${name}.`)),
  );
  return library ?? format;
}

function describeValue(value: PyValue): string {
  const estimator = Estimator.from(value);
  if (estimator) {
    const library = LIBRARIES.get(estimator.library) ?? estimator.library;
    const version = estimator.version === undefined ? '' : ` ${printable(estimator.version, 20)}`;
    return `${withArticle(printable(estimator.className))} of ${library}${version}`;
  }
  if (asNdArray(value) ?? value instanceof NdArray) return 'a numpy array';
  if (value instanceof PyObject) return withArticle(printable(value.type.qualifiedName));
  if (value instanceof Map) return `a dictionary of ${value.size} entries`;
  if (Array.isArray(value)) return `a list or tuple of ${value.length} entries`;
  return typeof value === 'string' ? 'a text' : 'a plain value';
}

function withArticle(name: string): string {
  return `${/^(?:[AEIOaeio]|XG|L(?:GBM|DA)|SV|MLP|NB)/.test(name) ? 'an' : 'a'} ${name}`;
}
