import * as v from 'valibot';
import type { Typed } from '../compile/typed';
import { exponential, type ExponentialSpec } from './exponential';
import { identity, type IdentitySpec } from './identity';
import { inverseTarget, type InverseTargetSpec } from './inverse-target';
import { isolation, type IsolationSpec } from './isolation';
import { logisticFloat32, type LogisticFloat32Spec } from './logistic-float32';
import { modifiedHuber, type ModifiedHuberSpec } from './modified-huber';
import type { ClassOutputKind, NumberOutputKind } from './output-kind';
import { oneVsOne, type OneVsOneSpec } from './one-vs-one';
import { oneVsRest, type OneVsRestOutputSpec } from './one-vs-rest';
import { ovrNormalized, type OvrNormalizedSpec } from './ovr-normalized';
import { scoresOnly, type ScoresOnlySpec } from './scores-only';
import { shares, type SharesSpec } from './shares';
import { sigmoid, type SigmoidSpec } from './sigmoid';
import { sigmoidFloat32, type SigmoidFloat32Spec } from './sigmoid-float32';
import { sigmoids, type SigmoidsSpec } from './sigmoids';
import { softmax, type SoftmaxSpec } from './softmax';
import { softmaxFloat32, type SoftmaxFloat32Spec } from './softmax-float32';
import { softmaxSymmetric, type SoftmaxSymmetricSpec } from './softmax-symmetric';

export type ClassOutputSpec =
  | SoftmaxSpec
  | SigmoidSpec
  | SoftmaxSymmetricSpec
  | OvrNormalizedSpec
  | ModifiedHuberSpec
  | ScoresOnlySpec
  | SharesSpec
  | SigmoidFloat32Spec
  | SoftmaxFloat32Spec
  | IsolationSpec
  | OneVsOneSpec
  | OneVsRestOutputSpec
  | SigmoidsSpec;
export type NumberOutputSpec =
  IdentitySpec | ExponentialSpec | LogisticFloat32Spec | InverseTargetSpec;
export type OutputSpec = ClassOutputSpec | NumberOutputSpec;

/** Every way from scores to a class. */
const CLASS_OUTPUTS = [
  softmax,
  sigmoid,
  softmaxSymmetric,
  ovrNormalized,
  modifiedHuber,
  scoresOnly,
  shares,
  sigmoidFloat32,
  softmaxFloat32,
  isolation,
  oneVsOne,
  oneVsRest,
  sigmoids,
] as const;
/** Every way from scores to a number. */
const NUMBER_OUTPUTS = [identity, exponential, logisticFloat32, inverseTarget] as const;

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
