import type { JsonValue } from '../../files/json/json-value';
import type { FoundModel } from '../contract/converter';
import { OBJECTIVES } from './objectives';
import { readXgboostModel } from './xgboost-model';
import { xgboostPredictor } from './xgboost-predictor';

/** The model of a document that XGBoost's `save_model` wrote, in any of its formats. */
export function openXgboost(document: JsonValue): FoundModel {
  const model = readXgboostModel(document);
  const isClassifier = OBJECTIVES.get(model.objective)?.classes !== undefined;
  const type = isClassifier ? 'XGBClassifier' : 'XGBRegressor';
  return {
    type,
    input: model.input,
    isBare: false,
    hasSteps: false,
    ...(isClassifier && { classCount: Math.max(2, model.scoreCount) }),
    convert(input, context) {
      const settings = { missingNumbers: [], usesBestIteration: true };
      const predictor = xgboostPredictor(model, settings, input, context);
      const { detail } = predictor;
      context.step({ type, ...(detail !== undefined && { detail }) });
      return { ...predictor, pipeline: [] };
    },
  };
}
