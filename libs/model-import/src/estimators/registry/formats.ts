import type { ModelFile, PythonFile } from '../../files/model-file';
import type { FoundModel } from '../contract/converter';
import { openCatBoost } from '../catboost/open-catboost';
import { openExport } from '../export/read-export';
import { openLightGbm } from '../lightgbm/open-lightgbm';
import { openOnnx } from '../onnx/open-onnx';
import { openXgboost } from '../xgboost/open-xgboost';

/** Formats that are a model by themselves. */
type Format = Exclude<ModelFile, PythonFile>['format'];
type FileOf<F extends Format> = Extract<ModelFile, { format: F }> & { readonly format: F };
type Openers = { readonly [F in Format]?: (file: FileOf<F>) => FoundModel };

/** How the model of each of these formats is found; a format without an entry is refused by name. */
const FORMATS: Openers = {
  onnx: ({ onnx }) => openOnnx(onnx),
  'lightgbm-text': ({ text }) => openLightGbm(text),
  export: ({ document }) => openExport(document),
  xgboost: ({ document }) => openXgboost(document),
  catboost: ({ document }) => openCatBoost(document),
};

/** The model of a file that is no Python object; `undefined` where its format is not supported. */
export function openFormat(file: Exclude<ModelFile, PythonFile>): FoundModel | undefined {
  const open = FORMATS[file.format] as ((file: ModelFile) => FoundModel) | undefined;
  return open?.(file);
}
