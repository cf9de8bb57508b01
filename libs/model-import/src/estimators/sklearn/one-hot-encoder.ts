import { packArray, type TransformSpec } from '@inferserve/model';
import type { TransformerConverter } from '../contract/converter';
import { Layout } from '../layout/layout';
import { categoriesOf } from './categories';
import { type CategoryGroups, categoryGroups, droppedGroups } from './category-groups';
import { encoderInput } from './encoder-input';

type Block = Extract<TransformSpec, { type: 'one-hot' }>['blocks'][number];

/** A block of zeros for each column, with a 1 where the category is. */
export const oneHotEncoder: TransformerConverter = {
  names: ['sklearn.OneHotEncoder'],
  role: 'transformer',
  docs: 'every handle_unknown and drop; infrequent categories; missing as a category; numbers, text and booleans',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  takesCategories: true,
  missing: 'handled',
  convert(encoder, input) {
    if (encoder.flag('_legacy_mode', false)) {
      throw encoder.fault(
        'uses the legacy mode of scikit-learn 0.20',
        'Fit it again with categories="auto".',
      );
    }
    const handling = encoder.text('handle_unknown') ?? 'error';
    const categories = categoriesOf(encoder, input.length);
    const groups = categoryGroups(encoder, categories);
    const dropped = droppedGroups(encoder, groups);
    const { specs, indices } = encoderInput(
      input,
      categories,
      handling === 'error' ? 'reject' : 'accept',
    );
    const names: (string | undefined)[] = [];
    const blocks = categories.map(({ missingIndex, texts }, f): Block => {
      const { groupOf, count, infrequent } = groups[f]!;
      const drop = dropped[f];
      const outputOf = (group: number): number => {
        if (group === drop) return -1;
        return drop !== undefined && group > drop ? group - 1 : group;
      };
      const column = input.columns[f]!.name;
      for (const [group, text] of groupTexts(groups[f]!, texts).entries()) {
        if (group !== drop) names.push(column === undefined ? undefined : `${column}_${text}`);
      }
      const isGrouping = handling === 'infrequent_if_exist' || handling === 'warn';
      const unknown = isGrouping && infrequent !== undefined ? outputOf(infrequent) : -1;
      const outputs = indices[f]!.map((index) => (index < 0 ? unknown : outputOf(groupOf[index]!)));
      return {
        width: count - (drop === undefined ? 0 : 1),
        outputs: packArray(Int32Array.from(outputs)),
        unknown,
        missing: missingIndex === undefined ? unknown : outputOf(groupOf[missingIndex]!),
      };
    });
    const isSparse = encoder.flag(encoder.has('sparse_output') ? 'sparse_output' : 'sparse', true);
    return {
      specs: [...specs, { type: 'one-hot', blocks, from: 'OneHotEncoder' }],
      output: Layout.computed(names, isSparse),
    };
  },
};

/** The name of each group: that of its only category, or the one that scikit-learn gives to infrequent ones. */
function groupTexts(
  { groupOf, count, infrequent }: CategoryGroups,
  texts: readonly string[],
): string[] {
  const names = Array.from({ length: count }, () => 'infrequent_sklearn');
  for (const [index, group] of groupOf.entries()) {
    if (group !== infrequent) names[group] = texts[index]!;
  }
  return names;
}
