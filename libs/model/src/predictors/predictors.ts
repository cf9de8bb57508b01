import * as v from 'valibot';
import type { Typed } from '../compile/typed';
import type { MemberSpec } from '../compile/member';
import { classOutputSchema, numberOutputSchema, type OutputSpec } from '../outputs/outputs';
import { transformSchema, type TransformSpec } from '../transforms/transforms';
import { oneVsRestKind, type OneVsRestSpec, pairsKind, type PairsSpec } from './binary-members';
import { calibrateKind, type CalibrateSpec } from './calibrate';
import { constant, type ConstantSpec } from './constant';
import { gaussianNaiveBayes, type GaussianNaiveBayesSpec } from './gaussian-naive-bayes';
import { isotonic, type IsotonicSpec } from './isotonic';
import { kernel, type KernelSpec } from './kernel';
import { linear, type LinearSpec } from './linear';
import { linearLeaves, type LinearLeavesSpec } from './linear-leaves';
import { mlp, type MlpSpec } from './mlp';
import { nearestNeighbours, type NearestNeighboursSpec } from './nearest-neighbours';
import type { PredictorKind } from './predictor-kind';
import { quadratic, type QuadraticSpec } from './quadratic';
import { stackKind, type StackSpec } from './stack';
import { trees } from './trees/trees';
import type { TreesSpec } from './trees/trees-spec';
import { voteKind, type VoteSpec } from './vote';

/** A model inside another one. */
export interface ModelMember extends MemberSpec<TransformSpec, PredictorSpec, OutputSpec> {}

export type Vote = VoteSpec<ModelMember>;
export type Stack = StackSpec<ModelMember, TransformSpec, PredictorSpec>;

export type PredictorSpec =
  | LinearSpec
  | TreesSpec
  | LinearLeavesSpec
  | ConstantSpec
  | GaussianNaiveBayesSpec
  | QuadraticSpec
  | IsotonicSpec
  | MlpSpec
  | KernelSpec
  | NearestNeighboursSpec
  | Vote
  | Stack
  | CalibrateSpec<ModelMember>
  | OneVsRestSpec<ModelMember>
  | PairsSpec<ModelMember>;

/** Any part of a member. */
const member = {
  step: transformSchema,
  predictor: v.lazy(() => predictorSchema),
  output: v.union([classOutputSchema, numberOutputSchema]),
};

/** Every kind of model. */
const PREDICTORS = [
  linear,
  trees,
  linearLeaves,
  constant,
  gaussianNaiveBayes,
  quadratic,
  isotonic,
  mlp,
  kernel,
  nearestNeighbours,
  voteKind(member),
  stackKind(member),
  calibrateKind(member),
  oneVsRestKind(member),
  pairsKind(member),
] as const;

const BY_TYPE = new Map<string, unknown>(PREDICTORS.map((kind) => [kind.type, kind]));

export const predictorSchema = v.variant(
  'type',
  PREDICTORS.map((kind) => kind.schema) as never,
) as unknown as v.GenericSchema<unknown, PredictorSpec>;

/** The kind of a predictor. */
export function predictorKind<Spec extends Typed>(spec: Spec): PredictorKind<Spec> {
  return BY_TYPE.get(spec.type) as PredictorKind<Spec>;
}
