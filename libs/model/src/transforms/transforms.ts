import * as v from 'valibot';
import type { Typed } from '../compile/compile-context';
import { affine, type AffineSpec } from './affine';
import { branchesKind, type BranchesSpec } from './branches';
import { standardize, type StandardizeSpec } from './standardize';
import type { TransformKind } from './transform-kind';

export type TransformSpec = StandardizeSpec | AffineSpec | BranchesSpec<TransformSpec>;

/** Any step, also inside another one. */
const step = v.lazy(() => transformSchema);

/** Every kind of preprocessing step. */
const TRANSFORMS = [standardize, affine, branchesKind(step)] as const;

const BY_TYPE = new Map<string, unknown>(TRANSFORMS.map((kind) => [kind.type, kind]));

export const transformSchema = v.variant(
  'type',
  TRANSFORMS.map((kind) => kind.schema) as never,
) as unknown as v.GenericSchema<unknown, TransformSpec>;

/** The kind of a step. */
export function transformKind<Spec extends Typed>(spec: Spec): TransformKind<Spec> {
  return BY_TYPE.get(spec.type) as TransformKind<Spec>;
}
