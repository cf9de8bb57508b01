import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, type NumericArray, numericArraySchema } from '../artifact/numeric-array';
import type { CompileContext } from '../compile/compile-context';
import { MAX_MEMBERS, memberEntries, type MemberSchemas, type MemberSpec } from '../compile/member';
import type { Vector } from '../vector';
import type { PredictorKind } from './predictor-kind';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

export interface VoteSpec<Member extends MemberSpec = MemberSpec> {
  readonly type: 'vote';
  /** What is averaged: the members' probabilities, their classes as 0 and 1, or the numbers of regressors. */
  readonly by: 'probabilities' | 'classes' | 'values';
  /** 0 for regression. */
  readonly classCount: number;
  /** One for each member; all equal where it is absent. */
  readonly weights?: NumericArray | undefined;
  /** `classes`: the indices of the classes that a member knows, where it does not know all. */
  readonly members: readonly (Member & { readonly classes?: readonly number[] | undefined })[];
}

type VoteMember = VoteSpec['members'][number];

/** Adds the answer of one member to the sums, times its weight. */
type Voter = (weight: number, sums: Float64Array) => void;

/** The weighted mean of the answers of several models, as voting and bagging ensembles take it. */
export function voteKind(schemas: MemberSchemas): PredictorKind<VoteSpec> {
  const classes = v.optional(v.pipe(v.array(index), v.minLength(1), v.readonly()));
  return {
    type: 'vote',
    schema: v.strictObject({
      type: v.literal('vote'),
      by: v.picklist(['probabilities', 'classes', 'values']),
      classCount: index,
      weights: v.optional(numericArraySchema),
      members: v.pipe(
        v.array(v.strictObject({ ...memberEntries(schemas), classes })),
        v.minLength(1),
        v.maxLength(MAX_MEMBERS),
        v.readonly(),
      ),
    }),
    compile(spec, input, path, context) {
      const weights = float64Values(spec.weights ?? spec.members.map(() => 1));
      if (weights.length !== spec.members.length) {
        throw new ArtifactError(`${path}.weights`, `must have ${spec.members.length} elements`);
      }
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const voters = spec.members.map((member, i) =>
        voter(spec, member, input, `${path}.members[${i}]`, context),
      );
      const scores = new Float64Array(spec.by === 'values' ? 1 : spec.classCount);
      return {
        scores,
        run() {
          scores.fill(0);
          for (let i = 0; i < voters.length; i++) voters[i]!(weights[i]!, scores);
          for (let k = 0; k < scores.length; k++) scores[k] = scores[k]! / total;
        },
      };
    },
    describe: ({ members, by }) => `mean of ${members.length} models' ${by}`,
  };
}

function voter(
  { by, classCount }: VoteSpec,
  member: VoteMember,
  input: Vector,
  path: string,
  context: CompileContext,
): Voter {
  if (by === 'values') {
    const regressor = context.numberMember(member, input, path);
    return (weight, sums) => {
      regressor.run();
      sums[0] = sums[0]! + weight * regressor.value();
    };
  }
  const classes = member.classes ?? Array.from({ length: classCount }, (_, k) => k);
  if (classes.some((k) => k >= classCount)) {
    throw new ArtifactError(`${path}.classes`, `must be below ${classCount}`);
  }
  const classifier = context.classMember(member, input, classes.length, path);
  if (by === 'classes') {
    return (weight, sums) => {
      classifier.run();
      const k = classes[classifier.output.classIndex(1)]!;
      sums[k] = sums[k]! + weight;
    };
  }
  if (!classifier.output.hasProbabilities) {
    throw new ArtifactError(`${path}.output`, 'has no probabilities to average');
  }
  const probabilities = new Float64Array(classes.length);
  return (weight, sums) => {
    classifier.run();
    classifier.output.probabilities(1, probabilities);
    for (let i = 0; i < classes.length; i++) {
      const k = classes[i]!;
      sums[k] = sums[k]! + weight * probabilities[i]!;
    }
  };
}
