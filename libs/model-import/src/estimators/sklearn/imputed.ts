import type { TransformSpec } from '@inferserve/model';
import type { ConvertedTransform } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import type { CategoryValue } from '../layout/input-column';
import { Layout } from '../layout/layout';
import { indicatorOf } from './missing-indicator';
import { indicatedColumns } from './missing-values';

/**
 * What an imputer makes of the columns that it keeps, followed by the indicators of missing values that `add_indicator`
 * asks for.
 */
export function imputed(
  imputer: Estimator,
  marker: CategoryValue | null,
  input: Layout,
  kept: readonly number[],
  ofKept: ConvertedTransform,
): ConvertedTransform {
  const filled = { ...ofKept, specs: [...selectOf(imputer, input, kept), ...ofKept.specs] };
  const indicator = Estimator.from(imputer.get('indicator_'));
  if (!indicator || !imputer.flag('add_indicator', false)) return filled;
  const indicated = indicatorOf(indicatedColumns(indicator, input.length), marker, input);
  if (indicated.output.length === 0) return filled;
  const all = { start: 0, count: input.width };
  return {
    specs: [
      {
        type: 'branches',
        branches: [
          { columns: all, pipeline: filled.specs },
          { columns: all, pipeline: indicated.specs },
        ],
        from: `${imputer.className}(add_indicator=True)`,
      },
    ],
    output: Layout.concat([filled.output, indicated.output]),
  };
}

function selectOf(imputer: Estimator, input: Layout, kept: readonly number[]): TransformSpec[] {
  if (kept.length === input.length) return [];
  return [{ type: 'select', columns: input.positionsOf(kept), from: imputer.className }];
}
