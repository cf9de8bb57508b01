import type { TransformSpec } from '@inferserve/model';
import type { PyValue } from '../../files/values/py-value';
import { stringsOf } from '../arrays';
import type { ConvertContext, ConvertedTransform, TransformerConverter } from '../converter';
import { Estimator } from '../estimator';
import { Layout } from '../layout/layout';
import { LIMITS } from '../limits';
import { columnIndices } from './column-indices';

const REMEDY = 'Apply the steps in a Pipeline that treats all columns alike, and save that.';

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
  docs: 'columns by name, position, mask, slice or selector; drop, passthrough, remainder, nested pipelines',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(transformer, input, context) {
    const names = new Map(input.names.map((name, index) => [name, index]));
    for (const [index, name] of (stringsOf(transformer.get('feature_names_in_')) ?? []).entries()) {
      names.set(name, index);
    }
    const branches: { columns: ReturnType<Layout['positionsOf']>; pipeline: TransformSpec[] }[] =
      [];
    const outputs: Layout[] = [];
    for (const part of partsOf(transformer)) {
      const indices = columnIndices(part.columns, names, input.length, transformer);
      if (part.value === 'drop' || indices.length === 0) continue;
      const { specs, output } = convertPart(part, input.select(indices), transformer, context);
      branches.push({ columns: input.positionsOf(indices), pipeline: [...specs] });
      outputs.push(prefixed(output, part.name, transformer));
    }
    if (branches.length === 0) throw transformer.fault('drops every column', REMEDY);
    return {
      specs: [{ type: 'branches', branches, from: 'ColumnTransformer' }],
      output: Layout.concat(outputs),
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

/** `part__column`, unless verbose_feature_names_out is false; a second ColumnTransformer may select by these. */
function prefixed(output: Layout, part: string, transformer: Estimator): Layout {
  if (!transformer.flag('verbose_feature_names_out', true)) return output;
  return new Layout(
    output.columns.map((column) => ({
      ...column,
      name: column.name === undefined ? undefined : `${part}__${column.name}`,
    })),
  );
}
