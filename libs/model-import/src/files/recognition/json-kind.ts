import { ARTIFACT_FORMATS } from '@inferserve/model';
import type { JsonValue } from '../json/json-value';
import type { FileKind } from './file-kind';

/** JSON documents that are read by what they are. */
export type JsonFormat = 'xgboost' | 'catboost' | 'artifact' | 'export' | 'unknown';

const MARKS: readonly (readonly [format: JsonFormat, keys: readonly string[]])[] = [
  ['xgboost', ['learner']],
  ['catboost', ['features_info', 'model_info']],
  ['catboost', ['oblivious_trees']],
];

/** The format of a JSON document by its members. */
export function jsonFormat(document: JsonValue): JsonFormat {
  const format = member(document, 'format');
  if (format === 'linear-classifier-export') return 'export';
  if (ARTIFACT_FORMATS.some((each) => each === format)) return 'artifact';
  const found = MARKS.find(([, keys]) => keys.every((key) => member(document, key) !== undefined));
  return found?.[0] ?? 'unknown';
}

/** What a JSON document of no supported format is. */
export function kindOfJson(document: JsonValue): FileKind {
  if (
    member(document, 'tree_info') !== undefined &&
    member(document, 'feature_names') !== undefined
  ) {
    return {
      what: 'a JSON dump of a LightGBM model',
      remedy: 'Save it as text, which is supported: booster.save_model("model.txt").',
    };
  }
  if (member(document, 'nbformat') !== undefined) {
    return { what: 'a Jupyter notebook', remedy: 'Give the model file that the notebook saves.' };
  }
  if (member(document, 'class_name') !== undefined && member(document, 'config') !== undefined) {
    return {
      what: 'the configuration of a Keras model',
      remedy:
        'Deep learning models are not supported: serve it with the tools of its own framework.',
    };
  }
  if (Array.isArray(document) && member(document[0] ?? null, 'nodeid') !== undefined) {
    return {
      what: 'a JSON dump of XGBoost trees',
      remedy: 'Save the whole model: booster.save_model("model.json").',
    };
  }
  return {
    what: 'JSON of no known model format',
    remedy:
      'Supported are the JSON of XGBoost and CatBoost (save_model), and what the snippet of inferserve export-snippet writes.',
  };
}

function member(value: JsonValue, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key)
    ? (value as { readonly [key: string]: JsonValue })[key]
    : undefined;
}
