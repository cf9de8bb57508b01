import type { ClassLabel } from '@inferserve/model';
import { parseJson } from '../../files/json/parse-json';
import { bytesOf } from '../../files/numpy/bytes-of';
import { readUbjson } from '../../files/ubjson/read-ubjson';
import { isXgboostBinary, readXgboostBinary } from '../../files/xgboost/xgboost-binary';
import type { PyObject } from '../../files/values/py-value';
import { JsonNode } from '../../files/json/json-node';
import { labelsOf, stringsOf } from '../contract/arrays';
import type { ConvertContext, PredictorConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { readXgboostModel, type XgboostModel } from './xgboost-model';
import { xgboostPredictor, type XgboostSettings } from './xgboost-predictor';

const COMMON = {
  versions: '0.90 to 3.3',
  exactness: '1e-6 (float32)',
  takesCategories: true,
  missing: 'handled',
  input: (estimator: Estimator) => modelOf(estimator).input,
} as const;

/** Pickled models of XGBoost: the scikit-learn wrappers and plain boosters. */
export const xgboostWrappers: readonly PredictorConverter[] = [
  {
    ...COMMON,
    names: ['xgboost.XGBClassifier', 'xgboost.XGBRFClassifier'],
    role: 'classifier',
    docs: 'gbtree, dart and gblinear; binary and multi-class objectives, missing values, categories',
    convert: (estimator, input, context) =>
      xgboostPredictor(
        modelOf(estimator),
        {
          ...settingsOf(estimator),
          task: 'classification',
          classes: classesOf(estimator, context),
        },
        input,
        context,
      ),
  },
  {
    ...COMMON,
    names: ['xgboost.XGBRegressor', 'xgboost.XGBRFRegressor'],
    role: 'regressor',
    docs: 'gbtree, dart and gblinear; every objective of one value, missing values, categories',
    convert: (estimator, input, context) =>
      xgboostPredictor(
        modelOf(estimator),
        { ...settingsOf(estimator), task: 'regression' },
        input,
        context,
      ),
  },
  {
    ...COMMON,
    names: ['xgboost.Booster'],
    role: 'classifier',
    docs: 'the objective decides between classes and a value; predict of a Booster gives the probability',
    convert: (estimator, input, context) =>
      xgboostPredictor(
        modelOf(estimator),
        { missingNumbers: [], usesBestIteration: false },
        input,
        context,
      ),
  },
];

const REMEDY = 'Save the model as JSON: model.save_model("model.json").';

/** Documents by the object that holds them: an import asks for each three times. */
const MODELS = new WeakMap<PyObject, XgboostModel>();

function modelOf(estimator: Estimator): XgboostModel {
  const known = MODELS.get(estimator.object);
  if (known) return known;
  const booster = estimator.className === 'Booster' ? estimator : estimator.inner('_Booster');
  const handle = bytesOf(booster.require('handle'));
  if (!handle) throw booster.fault('holds no model', 'Fit it before saving it.', 'handle');
  const document = new JsonNode(documentOf(booster, handle));
  const inner = document.get('Model');
  const stored = readXgboostModel((inner.exists ? inner : document).value!);
  const model = {
    ...stored,
    ...namesBeside(stored, booster),
    bestTreeCount: estimator.number('best_ntree_limit') ?? stored.bestTreeCount,
  };
  MODELS.set(estimator.object, model);
  return model;
}

/** UBJSON since 1.6, text of JSON since 1.3; before that a binary format of its own. */
function documentOf(booster: Estimator, handle: Uint8Array) {
  const start = Buffer.from(handle.subarray(0, 2)).toString('latin1');
  if (start === '{"') return parseJson(handle);
  if (start.startsWith('{')) return readUbjson(handle);
  if (isXgboostBinary(handle)) return readXgboostBinary(handle);
  throw booster.fault(
    'holds a model in a format of no known XGBoost',
    `Load it with the XGBoost that wrote it. ${REMEDY}`,
    'handle',
  );
}

/** Up to 1.3 Python kept the names and types of the features beside the model. */
function namesBeside(
  { input: { count, names: stored } }: XgboostModel,
  booster: Estimator,
): Partial<XgboostModel> {
  const names = stringsOf(booster.get('feature_names'));
  if (stored || !names) return {};
  if (names.length !== count) {
    throw booster.fault(`names ${names.length} features, not ${count}`, REMEDY, 'feature_names');
  }
  return {
    input: { count, names },
    featureTypes: stringsOf(booster.get('feature_types')) ?? [],
  };
}

function settingsOf(estimator: Estimator): XgboostSettings {
  const missing = estimator.number('missing');
  return {
    missingNumbers: missing === undefined || Number.isNaN(missing) ? [] : [missing],
    usesBestIteration: true,
  };
}

/** `_le` of wrappers before 1.6 had the labels; `classes_` where it is stored; else classes are numbered. */
function classesOf(
  estimator: Estimator,
  context: ConvertContext,
): readonly ClassLabel[] | undefined {
  const encoder = Estimator.from(estimator.get('_le'));
  const holder = encoder?.has('classes_') ? encoder : estimator;
  if (!holder.has('classes_')) return undefined;
  return labelsOf(holder, 'classes_', (warning) => context.warn(warning));
}
