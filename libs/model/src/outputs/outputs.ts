import * as v from 'valibot';
import type { Typed } from '../compile/compile-context';
import { identity, type IdentitySpec } from './identity';
import { modifiedHuber, type ModifiedHuberSpec } from './modified-huber';
import type { ClassOutputKind, NumberOutputKind } from './output-kind';
import { ovrNormalized, type OvrNormalizedSpec } from './ovr-normalized';
import { scoresOnly, type ScoresOnlySpec } from './scores-only';
import { sigmoid, type SigmoidSpec } from './sigmoid';
import { softmax, type SoftmaxSpec } from './softmax';
import { softmaxSymmetric, type SoftmaxSymmetricSpec } from './softmax-symmetric';

export type ClassOutputSpec =
  | SoftmaxSpec
  | SigmoidSpec
  | SoftmaxSymmetricSpec
  | OvrNormalizedSpec
  | ModifiedHuberSpec
  | ScoresOnlySpec;
export type NumberOutputSpec = IdentitySpec;
export type OutputSpec = ClassOutputSpec | NumberOutputSpec;

/** Every way from scores to a class. */
const CLASS_OUTPUTS = [
  softmax,
  sigmoid,
  softmaxSymmetric,
  ovrNormalized,
  modifiedHuber,
  scoresOnly,
] as const;
/** Every way from scores to a number. */
const NUMBER_OUTPUTS = [identity] as const;

const BY_TYPE = new Map<string, unknown>(
  [...CLASS_OUTPUTS, ...NUMBER_OUTPUTS].map((kind) => [kind.type, kind]),
);

export const classOutputSchema = v.variant(
  'type',
  CLASS_OUTPUTS.map((kind) => kind.schema) as never,
) as unknown as v.GenericSchema<unknown, ClassOutputSpec>;

export const numberOutputSchema = v.variant(
  'type',
  NUMBER_OUTPUTS.map((kind) => kind.schema) as never,
) as unknown as v.GenericSchema<unknown, NumberOutputSpec>;

/** The kind of an output that gives a class. */
export function classOutputKind<Spec extends Typed>(spec: Spec): ClassOutputKind<Spec> {
  return BY_TYPE.get(spec.type) as ClassOutputKind<Spec>;
}

/** The kind of an output that gives a number. */
export function numberOutputKind<Spec extends Typed>(spec: Spec): NumberOutputKind<Spec> {
  return BY_TYPE.get(spec.type) as NumberOutputKind<Spec>;
}
