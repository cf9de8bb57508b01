import * as v from 'valibot';
import type { Typed } from '../compile/compile-context';
import { linear, type LinearSpec } from './linear';
import type { PredictorKind } from './predictor-kind';

export type PredictorSpec = LinearSpec;

/** Every kind of model. */
const PREDICTORS = [linear] as const;

const BY_TYPE = new Map<string, unknown>(PREDICTORS.map((kind) => [kind.type, kind]));

export const predictorSchema = v.variant(
  'type',
  PREDICTORS.map((kind) => kind.schema) as never,
) as unknown as v.GenericSchema<unknown, PredictorSpec>;

/** The kind of a predictor. */
export function predictorKind<Spec extends Typed>(spec: Spec): PredictorKind<Spec> {
  return BY_TYPE.get(spec.type) as PredictorKind<Spec>;
}
