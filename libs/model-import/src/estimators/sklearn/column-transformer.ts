import type { TransformSpec } from '@inferserve/model';
import type { PyValue } from '../../files/values/py-value';
import { stringsOf } from '../contract/arrays';
import type {
  ConvertContext,
  ConvertedTransform,
  TransformerConverter,
} from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';
import { columnIndices } from './column-indices';
import { partWeights } from './part-weights';

const REMEDY = 'Apply the steps in a Pipeline that treats all columns alike, and save that.';

type Branches = Extract<TransformSpec, { type: 'branches' }>['branches'];

interface Part {
  readonly name: string;
  readonly value: PyValue;
  readonly columns: PyValue;
}

/**
 * Each part works on its own columns; their outputs stand side by side, in the order of the parts.
 * @throws ModelImportError for a part that is not supported
 */
export const columnTransformer: TransformerConverter = {
  names: ['sklearn.ColumnTransformer'],
  role: 'transformer',
  docs: 'columns by name, position, mask, slice or selector; drop, passthrough, remainder, transformer_weights, nested pipelines',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(transformer, input, context) {
    const names = new Map(input.names.map((name, index) => [name, index]));
    for (const [index, name] of (stringsOf(transformer.get('feature_names_in_')) ?? []).entries()) {
      names.set(name, index);
    }
    const weights = partWeights(transformer);
    const hasPrefix = transformer.flag('verbose_feature_names_out', true);
    const branches: Branches[number][] = [];
    const outputs: Layout[] = [];
    for (const part of partsOf(transformer)) {
      const indices = columnIndices(part.columns, names, input.length, transformer);
      if (part.value === 'drop' || indices.length === 0) continue;
      const { specs, output } = convertPart(part, input.select(indices), transformer, context);
      const weight = weights.get(part.name);
      branches.push({
        columns: input.positionsOf(indices),
        pipeline: specs,
        ...(weight !== undefined && { weight }),
      });
      const named = hasPrefix ? output.prefixed(part.name) : output;
      if (weight !== undefined) named.useAsNumbers();
      outputs.push(weight === undefined ? named : named.transformed());
    }
    if (branches.length === 0) throw transformer.fault('drops every column', REMEDY);
    return {
      specs: [{ type: 'branches', branches, from: 'ColumnTransformer' }],
      output: new Layout(Layout.concat(outputs).columns, transformer.flag('sparse_output_', false)),
    };
  },
};

function partsOf(transformer: Estimator): Part[] {
  const parts = transformer.require('transformers_');
  if (!Array.isArray(parts) || parts.length > LIMITS.pipelineSteps) {
    throw transformer.fault('is not a short list of parts', REMEDY, 'transformers_');
  }
  return parts.map((part) => {
    const [name, value = null, columns = null] = Array.isArray(part) ? part : [];
    return { name: typeof name === 'string' ? name : '?', value, columns };
  });
}

function convertPart(
  { name, value }: Part,
  input: Layout,
  transformer: Estimator,
  context: ConvertContext,
): ConvertedTransform {
  if (value === 'passthrough') return { specs: [], output: input };
  const inner = Estimator.from(value, name);
  if (inner) return context.transform(inner, input);
  throw transformer.fault(`has a part "${name}" that is not an estimator`, REMEDY);
}
