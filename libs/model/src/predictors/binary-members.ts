import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import type { CompileContext } from '../compile/compile-context';
import { MAX_MEMBERS, memberEntries, type MemberSchemas, type MemberSpec } from '../compile/member';
import { PairVotes } from '../outputs/pair-votes';
import type { Vector } from '../vector';
import { type MemberScores, memberScores, type ScoreSource } from './member-scores';
import type { PredictorKind } from './predictor-kind';

interface BinaryMembersSpec<Type extends string, Member extends MemberSpec> {
  readonly type: Type;
  readonly classCount: number;
  readonly from: ScoreSource;
  /** Classifiers of two classes. */
  readonly members: readonly Member[];
}

export type OneVsRestSpec<Member extends MemberSpec = MemberSpec> = BinaryMembersSpec<
  'one-vs-rest',
  Member
>;
export type PairsSpec<Member extends MemberSpec = MemberSpec> = BinaryMembersSpec<'pairs', Member>;

/** One classifier for each class against the rest (a single one for two classes): their scores. */
export function oneVsRestKind(schemas: MemberSchemas): PredictorKind<OneVsRestSpec> {
  return {
    type: 'one-vs-rest',
    schema: schemaOf('one-vs-rest', schemas),
    compile(spec, input, path, context) {
      const count = spec.classCount === 2 ? 1 : spec.classCount;
      const members = compileMembers(spec, count, input, path, context);
      const scores = new Float64Array(count);
      return {
        scores,
        run() {
          for (let k = 0; k < count; k++) {
            members[k]!.run();
            scores[k] = members[k]!.values[0]!;
          }
        },
      };
    },
    describe: ({ members }) => `one against the rest, ${members.length} models`,
  };
}

/**
 * One classifier for each pair of classes (0,1), (0,2) …: votes and confidences of each class, as scikit-learn's
 * OneVsOneClassifier adds them.
 */
export function pairsKind(schemas: MemberSchemas): PredictorKind<PairsSpec> {
  return {
    type: 'pairs',
    schema: schemaOf('pairs', schemas),
    compile(spec, input, path, context) {
      const { classCount } = spec;
      const count = (classCount * (classCount - 1)) / 2;
      const members = compileMembers(spec, count, input, path, context);
      const votes = new PairVotes(classCount);
      const scores = new Float64Array(classCount);
      return {
        scores,
        run() {
          votes.clear();
          for (const member of members) {
            member.run();
            votes.add(member.classIndex() === 1, member.values[0]!);
          }
          for (let k = 0; k < classCount; k++) scores[k] = votes.confidence(k);
        },
      };
    },
    describe: ({ members }) => `votes of ${members.length} pairs`,
  };
}

function schemaOf<Type extends string>(
  type: Type,
  schemas: MemberSchemas,
): v.GenericSchema<unknown, BinaryMembersSpec<Type, MemberSpec>> {
  return v.strictObject({
    type: v.literal(type),
    classCount: v.pipe(v.number(), v.integer(), v.minValue(2)),
    from: v.picklist(['decision', 'probabilities']),
    members: v.pipe(
      v.array(v.strictObject(memberEntries(schemas))),
      v.maxLength(MAX_MEMBERS),
      v.readonly(),
    ),
  });
}

function compileMembers(
  { members, from }: BinaryMembersSpec<string, MemberSpec>,
  count: number,
  input: Vector,
  path: string,
  context: CompileContext,
): MemberScores[] {
  if (members.length !== count) {
    throw new ArtifactError(`${path}.members`, `must have ${count} elements`);
  }
  return members.map((member, i) =>
    memberScores(member, from, 2, input, `${path}.members[${i}]`, context),
  );
}
