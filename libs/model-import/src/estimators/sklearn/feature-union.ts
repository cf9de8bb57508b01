import type { TransformSpec } from '@inferserve/model';
import type { TransformerConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { Layout } from '../layout/layout';
import { LIMITS } from '../contract/limits';
import { partWeights } from './part-weights';

type Branches = Extract<TransformSpec, { type: 'branches' }>['branches'];

/** Each part works on all columns; their outputs stand side by side. */
export const featureUnion: TransformerConverter = {
  names: ['sklearn.FeatureUnion'],
  role: 'transformer',
  docs: 'drop, passthrough, transformer_weights, nested pipelines',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(union, input, context) {
    const parts = union.require('transformer_list');
    if (!Array.isArray(parts) || parts.length > LIMITS.pipelineSteps) {
      throw union.fault('is not a short list of parts', 'Save it again.', 'transformer_list');
    }
    const weights = partWeights(union);
    const hasPrefix = union.flag('verbose_feature_names_out', true);
    const branches: Branches[number][] = [];
    const outputs: Layout[] = [];
    for (const part of parts) {
      const [label, value = null] = Array.isArray(part) ? part : [];
      const name = typeof label === 'string' ? label : '?';
      if (value === 'drop' || value === null) continue;
      const inner = Estimator.from(value, name);
      if (!inner && value !== 'passthrough') {
        throw union.fault(
          `has a part "${name}" that is not an estimator`,
          'Leave it out, and fit again.',
        );
      }
      const { specs, output } = inner
        ? context.transform(inner, input)
        : { specs: [], output: input };
      const weight = weights.get(name);
      branches.push({
        columns: { start: 0, count: input.width },
        pipeline: specs,
        ...(weight !== undefined && { weight }),
      });
      const named = hasPrefix ? output.prefixed(name) : output;
      if (weight !== undefined) named.useAsNumbers();
      outputs.push(weight === undefined ? named : named.transformed());
    }
    if (branches.length === 0) throw union.fault('drops every column', 'Keep at least one part.');
    const isSparse = outputs.some((output) => output.isSparse);
    return {
      specs: [{ type: 'branches', branches, from: 'FeatureUnion' }],
      output: new Layout(Layout.concat(outputs).columns, isSparse),
    };
  },
};
