import type { Typed } from './typed';
import type { Transform } from './compiled-parts';
import type { Predictor } from './compiled-parts';
import type { Vector } from '../vector';
import type { ClassMember, MemberSpec, NumberMember } from './member';

/** What a kind that holds others (branches, votes, stacks) needs to compile them. */
export interface CompileContext {
  /** Several transforms, one after the other. */
  pipeline(specs: readonly Typed[], input: Vector, path: string): Transform;
  predictor(spec: Typed, input: Vector, path: string): Predictor;
  /** A whole classifier inside another model. */
  classMember(spec: MemberSpec, input: Vector, classCount: number, path: string): ClassMember;
  /** A whole regressor inside another model. */
  numberMember(spec: MemberSpec, input: Vector, path: string): NumberMember;
}
