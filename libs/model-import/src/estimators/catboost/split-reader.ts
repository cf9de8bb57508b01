import type { JsonNode } from '../../files/json/json-node';
import type { Layout } from '../layout/layout';
import type { CategoryFeature } from './catboost-features';
import type { CatBoostModel } from './catboost-model';

/** What a split asks of a row. */
export interface CatBoostSplit {
  /** Position in the row. */
  readonly position: number;
  /** Values above it are true. */
  readonly border: number;
  readonly missingIsTrue: boolean;
  /** The codes that are true, where it asks for a category. */
  readonly codes?: readonly number[];
}

/** Reads splits over the columns of a layout, and tells the columns that they are used. */
export class SplitReader {
  /** Where each column stands in the row. */
  private readonly starts: readonly number[];

  constructor(
    private readonly model: CatBoostModel,
    private readonly input: Layout,
  ) {
    let start = 0;
    this.starts = input.columns.map(({ width }) => (start += width) - width);
  }

  /** @throws ModelImportError for splits on statistics of categories, on text and on embeddings */
  read(split: JsonNode): CatBoostSplit {
    // Absent in the trees of some releases.
    const stated = split.get('split_type');
    const type = stated.exists ? stated.text() : 'FloatFeature';
    if (type === 'FloatFeature') return this.number(split);
    if (type === 'OneHotFeature') return this.category(split);
    throw split.fault(
      type === 'OnlineCtr'
        ? 'tests a statistic of the target by category, which is not supported'
        : `is of the type "${type.slice(0, 40)}", which is not supported`,
      type === 'OnlineCtr'
        ? 'Fit it with one_hot_max_size above the number of categories, or encode them before fitting.'
        : 'Fit it on numbers and categories only.',
    );
  }

  private number(split: JsonNode): CatBoostSplit {
    const feature = this.model.features.numbers.get(split.get('float_feature_index').number());
    if (!feature)
      throw split.get('float_feature_index').fault('names a feature that does not exist');
    const { column, missingIsAbove } = feature;
    this.input.columns[column]?.source?.useAsNumber();
    return {
      position: this.starts[column]!,
      border: Math.fround(split.get('border').number()),
      missingIsTrue: missingIsAbove,
    };
  }

  private category(split: JsonNode): CatBoostSplit {
    const feature = this.model.features.categories.get(split.get('cat_feature_index').number());
    if (!feature) throw split.get('cat_feature_index').fault('names a feature that does not exist');
    const source = this.input.columns[feature.column]?.source;
    if (!source) {
      throw split.fault(
        'tests a category that a step before it has changed',
        'Apply that step before the request.',
      );
    }
    source.useAsCategory(valuesOf(feature, split), 'accept');
    source.rejectMissing();
    const values = feature.values.get(split.get('value').number()) ?? [];
    return {
      position: this.starts[feature.column]!,
      border: 0,
      missingIsTrue: false,
      // The first run only learns which values there are.
      codes: source.spec ? values.map((value) => source.codeOf(value)) : [],
    };
  }
}

function valuesOf({ values }: CategoryFeature, split: JsonNode) {
  const lists = [...values.values()];
  if (lists.length > 0 && lists.every((list) => list.length > 0)) return lists.flat();
  throw split.fault(
    'tests a category whose name is not in the file',
    'Save it with the training data: model.save_model("model.json", format="json", pool=pool).',
  );
}
