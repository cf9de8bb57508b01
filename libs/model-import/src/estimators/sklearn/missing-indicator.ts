import type { TransformSpec } from '@inferserve/model';
import type { TransformerConverter } from '../contract/converter';
import type { CategoryValue } from '../layout/input-column';
import { Layout, type Positions } from '../layout/layout';
import { indicatedColumns, missingMarker } from './missing-values';

/** 1 where a value is missing. */
export const missingIndicator: TransformerConverter = {
  names: ['sklearn.MissingIndicator'],
  role: 'transformer',
  docs: 'every missing_values and features',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(indicator, input) {
    return indicatorOf(indicatedColumns(indicator, input.length), missingMarker(indicator), input);
  },
};

/** The indicators of some columns. */
export function indicatorOf(
  features: readonly number[],
  marker: CategoryValue | null,
  input: Layout,
): { readonly specs: readonly TransformSpec[]; readonly output: Layout } {
  for (const feature of features) useColumn(input, feature, marker);
  const names = features.map((feature) => {
    const { name } = input.columns[feature]!;
    return name === undefined ? undefined : `missingindicator_${name}`;
  });
  const spec = (positions: Positions, missing: number | null): TransformSpec => ({
    type: 'indicator',
    columns: positions,
    ...(missing !== null && { missing }),
    from: 'MissingIndicator',
  });
  const all = input.positionsOf(features);
  const output = Layout.computed(names);
  if (marker === null) return { specs: [spec(all, null)], output };
  // A marker may have another code in each column.
  const codes = features.map(
    (feature) => input.columns[feature]!.source?.codeOf(marker) ?? Number(marker),
  );
  if (new Set(codes).size <= 1) return { specs: [spec(all, codes[0] ?? null)], output };
  const branches = features.map((feature, i) => ({
    columns: input.positionsOf([feature]),
    pipeline: [spec([0], codes[i]!)],
  }));
  return { specs: [{ type: 'branches', branches, from: 'MissingIndicator' }], output };
}

/** A column whose missing values are looked at must be in the request, whatever else it is. */
function useColumn({ columns }: Layout, feature: number, marker: CategoryValue | null): void {
  const { source } = columns[feature]!;
  source?.useForMissing();
  if (marker !== null) source?.alsoAccept(marker);
}
