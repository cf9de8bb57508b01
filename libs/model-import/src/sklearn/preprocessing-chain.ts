import type { PreprocessingStep } from '@inferserve/model';
import type { FoundStep, PreprocessingSource } from '../linear-source';
import { stringsOf } from './arrays';
import { Columns } from './columns';
import { foldColumnTransformer, type FoldedSelection } from './column-transformer';
import type { Estimator } from './estimator';
import { type FoldedTransformer, foldTransformer, isIdentity } from './transformers';

/** The steps before a classifier, folded one after the other. */
export class PreprocessingChain {
  private readonly steps: FoundStep[] = [];
  private readonly preprocessing: PreprocessingStep[] = [];
  private readonly warnings: string[] = [];
  private observed: PreprocessingSource['observed'];
  private columns: Columns;

  constructor(
    readonly featureCount: number,
    private featureNames?: readonly string[],
  ) {
    this.columns = Columns.all(featureCount);
  }

  /** Columns that the next step gets. */
  get width(): number {
    return this.columns.length;
  }

  add(transformer: Estimator): void {
    const { className, stepName } = transformer;
    this.steps.push({
      type: className,
      ...(stepName !== undefined && { name: stepName }),
      detail: `${this.width} features`,
    });
    if (isIdentity(transformer)) return;
    const first = this.preprocessing.length === 0 && this.width === this.featureCount;
    const folded: FoldedTransformer =
      className === 'ColumnTransformer'
        ? foldColumnTransformer(transformer, this.width)
        : foldTransformer(transformer, this.width);
    this.preprocessing.push(...folded.preprocessing.map((step) => this.columns.spreadStep(step)));
    this.warnings.push(...(folded.warnings ?? []));
    if (first && folded.observed) this.observed = folded.observed;
    if (isSelection(folded)) this.columns = this.columns.select(folded.selected);
  }

  /** Weights of the columns as weights of the features. */
  spreadRow(row: readonly number[]): number[] {
    return this.columns.spread(row, 0);
  }

  get source(): PreprocessingSource {
    return {
      steps: this.steps,
      featureCount: this.featureCount,
      preprocessing: this.preprocessing,
      warnings: this.warnings,
      ...(this.featureNames && { featureNames: this.featureNames }),
      ...(this.observed && { observed: this.observed }),
    };
  }
}

function isSelection(folded: FoldedTransformer): folded is FoldedSelection {
  return 'selected' in folded;
}

/** Names that the estimator was fitted on, where it was fitted on a table with text names. */
export function featureNamesOf(
  estimator: Estimator,
  featureCount: number,
): readonly string[] | undefined {
  if (!estimator.has('feature_names_in_')) return undefined;
  const names = stringsOf(estimator.get('feature_names_in_'));
  if (names?.length === featureCount) return names;
  throw estimator.fault(
    `does not name its ${featureCount} features`,
    'Check the model in Python and save it again.',
    'feature_names_in_',
  );
}
