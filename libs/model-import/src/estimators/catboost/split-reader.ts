import type { JsonNode } from '../../files/json/json-node';
import type { CategoryValue, InputColumn } from '../layout/input-column';
import type { Layout } from '../layout/layout';
import type { CatBoostModel } from './catboost-model';
import { ctrHash } from './ctr-hash';

/** What a split asks of a row. */
export interface CatBoostSplit {
  /** Position in the row. */
  readonly position: number;
  /** Values above it are true. */
  readonly border: number;
  readonly missingIsTrue: boolean;
  /** Where it asks for a category: the codes that are true, or those that are not. */
  readonly codes?: readonly number[];
  readonly othersAreTrue?: boolean;
}

/** Reads splits over the columns of a layout, and tells the columns that they are used. */
export class SplitReader {
  /** Where each column stands in the row. */
  private readonly starts: readonly number[];
  /** Tests of statistics, which occur often, by their index. */
  private readonly statistics = new Map<number, CatBoostSplit>();

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
    if (type === 'OnlineCtr') return this.statistic(split);
    throw split.fault(
      `is of the type "${type.slice(0, 40)}", which is not supported`,
      'Fit it on numbers and categories only.',
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
    const number = split.get('cat_feature_index');
    const { feature, source } = this.categoryColumn(number.number(), number);
    const values = feature.values.get(split.get('value').number()) ?? [];
    return {
      position: this.starts[feature.column]!,
      border: 0,
      missingIsTrue: false,
      codes: codesOf(source, values),
    };
  }

  /** A statistic of one category feature is above its border for some of the categories: a set of them. */
  private statistic(split: JsonNode): CatBoostSplit {
    const index = split.get('split_index');
    const known = this.statistics.get(index.number());
    if (known) return known;
    const found = this.model.features.statistics.get(index.number());
    if (!found) throw index.fault('names a statistic that does not exist');
    const { statistic, border } = found;
    if (statistic.category === undefined) {
      throw split.fault(
        'tests a statistic of several columns together, which is not supported',
        'Fit it with max_ctr_complexity=1.',
      );
    }
    const { feature, source } = this.categoryColumn(statistic.category, index);
    const isTrue = (hash: bigint) => statistic.valueOf(hash) > border;
    const othersAreTrue = isTrue(NO_CATEGORY);
    const different = [...feature.values].flatMap(([hash, values]) =>
      isTrue(ctrHash(hash)) === othersAreTrue ? [] : values,
    );
    const test = {
      position: this.starts[feature.column]!,
      border: 0,
      missingIsTrue: false,
      codes: codesOf(source, different),
      othersAreTrue,
    };
    this.statistics.set(index.number(), test);
    return test;
  }

  private categoryColumn(number: number, node: JsonNode) {
    const feature = this.model.features.categories.get(number);
    if (!feature) throw node.fault('names a feature that does not exist');
    const source = this.input.columns[feature.column]?.source;
    if (!source) {
      throw node.fault(
        'tests a category that a step before it has changed',
        'Apply that step before the request.',
      );
    }
    if (!feature.isNamed) {
      throw node.fault(
        'tests a category whose name is not in the file',
        'Save it with the training data: model.save_model("model.json", format="json", pool=pool).',
      );
    }
    source.useAsCategory([...feature.values.values()].flat(), 'accept');
    source.rejectMissing();
    return { feature, source };
  }
}

/** No category has this hash. */
const NO_CATEGORY = -1n;

/** The first run only learns which values there are. */
function codesOf(source: InputColumn, values: readonly CategoryValue[]): readonly number[] {
  return source.spec ? values.map((value) => source.codeOf(value)) : [];
}
