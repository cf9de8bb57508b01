import type { TransformSpec } from '@inferserve/model';
import type { ModelInput } from '../estimators/contract/converter';
import { InputColumn } from '../estimators/layout/input-column';
import { Layout } from '../estimators/layout/layout';
import { Conversion } from './conversion';
import type { FoundTransformer } from './found-estimator';

/**
 * The transformers before a model, each with the columns that pass beside it: a scaler of four named columns leaves
 * the others alone, an encoder's columns stand where the model names them. Without names on both sides rows go
 * through a transformer as a whole, by position.
 * @param names the names of the model's own columns, where they are known
 */
export function arrangeBefore(
  before: readonly FoundTransformer[],
  names: readonly string[] | undefined,
): readonly FoundTransformer[] {
  let needed = names;
  return before
    .toReversed()
    .map((transformer) => {
      const arranged = needed ? byName(transformer, needed) : transformer;
      needed = arranged.input.names;
      return arranged;
    })
    .toReversed();
}

function byName(found: FoundTransformer, needed: readonly string[]): FoundTransformer {
  const transformer = found.only?.(needed) ?? found;
  const taken = transformer.input.names;
  const made = taken && outputNames(transformer, taken);
  if (!made) return transformer;
  const common = needed.filter((name) => made.includes(name));
  const isWhole =
    common.length === needed.length &&
    made.length === needed.length &&
    made.every((name, i) => name === needed[i]);
  // Nothing in common: the columns got other names on the way, and only their order tells them apart.
  if (isWhole || common.length === 0) return transformer;
  const passed = needed.filter((name) => !made.includes(name));
  const keepsNames = made.length === taken.length && made.every((name) => taken.includes(name));
  const input = keepsNames
    ? [...new Set([...needed, ...taken])]
    : [...new Set([...taken, ...passed])];
  return {
    ...transformer,
    input: { count: input.length, names: input },
    convert(layout, context) {
      const places = new Map(input.map((name, index) => [name, index]));
      const own = taken.map((name) => places.get(name)!);
      const beside = passed.map((name) => places.get(name)!);
      const { specs, output } = transformer.convert(layout.select(own), context);
      const branches: Branches = [
        { columns: layout.positionsOf(own), pipeline: specs },
        { columns: layout.positionsOf(beside), pipeline: [] },
      ];
      const all = Layout.concat([output, layout.select(beside)]);
      const order = needed.map((name) => {
        const index = made.indexOf(name);
        return index >= 0 ? index : made.length + passed.indexOf(name);
      });
      return {
        specs: [
          { type: 'branches', branches, from: `${transformer.type} of named columns` },
          { type: 'select', columns: all.positionsOf(order) },
        ],
        output: all.select(order),
      };
    },
  };
}

type Branches = Extract<TransformSpec, { type: 'branches' }>['branches'];

/** The names of what a transformer makes, where it tells all of them. */
function outputNames(
  transformer: FoundTransformer,
  taken: NonNullable<ModelInput['names']>,
): string[] | undefined {
  const columns = taken.map((name) => new InputColumn(name));
  const { names } = transformer.convert(Layout.ofInput(columns), new Conversion()).output;
  return names.every((name) => name !== undefined) && new Set(names).size === names.length
    ? names
    : undefined;
}
