import { arrangeBefore } from './arrange-before';
import { columnNames } from './column-names';
import type { FoundTransformer } from './found-estimator';
import type { OpenedModel } from './open-model';

/** The columns of a request, and the transformers that they go through before the model. */
export interface RequestColumns {
  readonly before: readonly FoundTransformer[];
  readonly names: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * What a request must hold, from the names in the files and those of the caller: these name the columns of the
 * model where the files before it take only some of them, else the columns of the first file.
 */
export function requestColumns(
  { model, names: bundled }: OpenedModel,
  before: readonly FoundTransformer[],
  given: readonly string[] | undefined,
): RequestColumns {
  const ofModel = model.input.names ?? bundled;
  const namesModel = given?.length === model.input.count && before.length > 0 ? given : undefined;
  const arranged = arrangeBefore(before, ofModel ?? namesModel);
  const isArranged = arranged.some((transformer, i) => transformer !== before[i]);
  const input = arranged[0]?.input ?? model.input;
  const warnings: string[] = [];
  const names = columnNames(
    { ...input, names: input.names ?? ofModel },
    isArranged && !ofModel ? undefined : given,
    (warning) => warnings.push(warning),
  );
  return { before: arranged, names, warnings };
}
