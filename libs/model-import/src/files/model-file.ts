import type { Compression } from './compression/decompress';
import type { JsonValue } from './json/json-value';
import type { LightGbmText } from './lightgbm/lightgbm-text';
import type { OnnxModel } from './onnx/onnx-model';
import type { PyGlobal } from './values/py-global';
import type { PyValue } from './values/py-value';

/** Python objects as inert data: what a pickle, joblib or skops file holds. */
export interface PythonFile {
  readonly format: 'pickle' | 'joblib' | 'skops';
  readonly compression?: Compression | undefined;
  readonly protocol?: number;
  readonly globals: readonly PyGlobal[];
  /** Names of no supported library: a file with any must not be imported. */
  readonly foreign: readonly PyGlobal[];
  readonly root: PyValue;
}

/** A document of one of the JSON formats; `ubjson` or `binary` where it was stored in another way. */
export interface DocumentFile {
  readonly format: 'xgboost' | 'catboost' | 'artifact' | 'export';
  readonly encoding: 'json' | 'ubjson' | 'binary';
  readonly bytes: Uint8Array;
  readonly document: JsonValue;
}

/** What a file turned out to be, as inert data. */
export type ModelFile =
  | PythonFile
  | DocumentFile
  | { readonly format: 'onnx'; readonly onnx: OnnxModel }
  | { readonly format: 'lightgbm-text'; readonly text: LightGbmText };
