import type { LightGbmText } from '../../files/lightgbm/lightgbm-text';
import type { FoundModel, ModelInput } from '../contract/converter';
import { type Booster, boosterOf } from './booster';
import { convertBooster } from './convert-booster';
import { objectiveOf } from './objective';

/** The model of a LightGBM text file. It knows its classes by number only. */
export function openLightGbm(text: LightGbmText): FoundModel {
  const booster = boosterOf(text);
  const objective = objectiveOf(booster);
  return {
    type: 'LightGBM model',
    input: boosterInput(booster),
    isBare: false,
    ...(objective.task === 'classification' && { classCount: objective.classCount }),
    convert(input, context) {
      const model = convertBooster(booster, input, context);
      if (model.task === 'classification') {
        context.warn('the file numbers its classes from 0: --classes names them, in their order');
      }
      context.step({
        type: 'LightGBM',
        ...(model.detail !== undefined && { detail: model.detail }),
      });
      return model;
    },
  };
}

/** The names that LightGBM gives to columns without one are none. */
export function boosterInput({ featureNames }: Booster): ModelInput {
  const isNamed = !featureNames.every((name, j) => name === `Column_${j}`);
  return { count: featureNames.length, ...(isNamed && { names: featureNames }) };
}
