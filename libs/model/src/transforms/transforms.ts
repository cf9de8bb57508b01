import * as v from 'valibot';
import type { Typed } from '../compile/typed';
import { affine, type AffineSpec } from './affine';
import { apply, type ApplySpec } from './apply';
import { bins, type BinsSpec } from './bins';
import { branchesKind, type BranchesSpec } from './branches';
import { codes, type CodesSpec } from './codes';
import { flush, type FlushSpec } from './flush';
import { impute, type ImputeSpec } from './impute';
import { imputeIteratively, type ImputeIterativelySpec } from './impute-iteratively';
import { imputeNearest, type ImputeNearestSpec } from './impute-nearest';
import { indicator, type IndicatorSpec } from './indicator';
import { lookup, type LookupSpec } from './lookup';
import { normalize, type NormalizeSpec } from './normalize';
import { oneHot, type OneHotSpec } from './one-hot';
import { polynomial, type PolynomialSpec } from './polynomial';
import { power, type PowerSpec } from './power';
import { project, type ProjectSpec } from './project';
import { quantile, type QuantileSpec } from './quantile';
import { select, type SelectSpec } from './select';
import { splines, type SplinesSpec } from './splines';
import { standardize, type StandardizeSpec } from './standardize';
import { tfidf, type TfidfSpec } from './tfidf';
import type { TransformKind } from './transform-kind';

export type TransformSpec =
  | AffineSpec
  | ApplySpec
  | BinsSpec
  | CodesSpec
  | FlushSpec
  | ImputeSpec
  | ImputeIterativelySpec
  | ImputeNearestSpec
  | IndicatorSpec
  | LookupSpec
  | NormalizeSpec
  | OneHotSpec
  | PolynomialSpec
  | PowerSpec
  | ProjectSpec
  | QuantileSpec
  | SelectSpec
  | SplinesSpec
  | StandardizeSpec
  | TfidfSpec
  | BranchesSpec<TransformSpec>;

/** Any step, also inside another one. */
const step = v.lazy(() => transformSchema);

/** Every kind of preprocessing step. */
const TRANSFORMS = [
  standardize,
  affine,
  apply,
  bins,
  codes,
  flush,
  impute,
  imputeIteratively,
  imputeNearest,
  indicator,
  lookup,
  normalize,
  oneHot,
  polynomial,
  power,
  project,
  quantile,
  select,
  splines,
  tfidf,
  branchesKind(step),
] as const;

const BY_TYPE = new Map<string, unknown>(TRANSFORMS.map((kind) => [kind.type, kind]));

export const transformSchema = v.variant(
  'type',
  TRANSFORMS.map((kind) => kind.schema) as never,
) as unknown as v.GenericSchema<unknown, TransformSpec>;

/** The kind of a step. */
export function transformKind<Spec extends Typed>(spec: Spec): TransformKind<Spec> {
  return BY_TYPE.get(spec.type) as TransformKind<Spec>;
}
