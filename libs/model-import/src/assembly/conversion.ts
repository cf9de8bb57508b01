import type { TransformSpec } from '@inferserve/model';
import type {
  ConvertContext,
  ConvertedModel,
  ConvertedTransform,
  FoundStep,
  PredictorConverter,
  TransformerConverter,
} from '../estimators/contract/converter';
import { converterOf } from '../estimators/registry/converters';
import type { Estimator } from '../estimators/contract/estimator';
import type { Layout } from '../estimators/layout/layout';
import { LIMITS } from '../estimators/contract/limits';
import { unsupported } from './unsupported';

/**
 * One run over a model: converts its estimators by the table, and collects steps and warnings. A model is converted
 * twice: first to learn what the columns of the request must be, then to make its steps.
 */
export class Conversion implements ConvertContext {
  readonly steps: FoundStep[] = [];
  private readonly warned = new Set<string>();
  /** Estimators inside one another, and converters among them. */
  private depth = 0;
  private nested = 0;
  private converted = 0;
  private convertedColumns = 0;

  get warnings(): readonly string[] {
    return [...this.warned];
  }

  warn(warning: string): void {
    this.warned.add(warning);
  }

  step(step: FoundStep): void {
    this.steps.push(step);
  }

  transform(estimator: Estimator, input: Layout): ConvertedTransform {
    const converter = converterOf(estimator.key);
    if (!converter) throw unsupported(estimator);
    switch (converter.role) {
      case 'wrapper':
        return this.inside(estimator, () =>
          this.transform(estimator.inner(converter.attribute), input),
        );
      case 'pipeline':
        return this.inside(estimator, () => this.chain(converter.steps(estimator), input));
      case 'transformer':
        return this.convertTransformer(estimator, converter, input);
      default:
        throw estimator.fault(
          'is a model where a step is expected',
          'Save the pipeline with its transformers before its model.',
        );
    }
  }

  model(estimator: Estimator, input: Layout): ConvertedModel {
    const converter = converterOf(estimator.key);
    if (!converter) throw unsupported(estimator);
    switch (converter.role) {
      case 'wrapper':
        return this.inside(estimator, () =>
          this.model(estimator.inner(converter.attribute), input),
        );
      case 'pipeline':
        return this.inside(estimator, () =>
          this.pipelineModel(estimator, converter.steps(estimator), input),
        );
      case 'classifier':
      case 'regressor':
        return this.convertPredictor(estimator, converter, input);
      default:
        throw estimator.fault(
          'is no model, but a step before one',
          'Save the fitted model, or better the whole Pipeline: joblib.dump(pipeline, path).',
        );
    }
  }

  private chain(steps: readonly Estimator[], input: Layout): ConvertedTransform {
    const specs: TransformSpec[] = [];
    let output = input;
    for (const step of steps) {
      const converted = this.transform(step, output);
      specs.push(...converted.specs);
      ({ output } = converted);
    }
    return { specs, output };
  }

  private pipelineModel(
    pipeline: Estimator,
    steps: readonly Estimator[],
    input: Layout,
  ): ConvertedModel {
    const last = steps.at(-1);
    if (!last) throw pipeline.fault('has no steps', 'Save the fitted pipeline.');
    const { specs, output } = this.chain(steps.slice(0, -1), input);
    const model = this.model(last, output);
    return { ...model, pipeline: [...specs, ...model.pipeline] };
  }

  private convertTransformer(
    estimator: Estimator,
    converter: TransformerConverter,
    input: Layout,
  ): ConvertedTransform {
    this.report(estimator, `${input.length} features`);
    this.prepare(estimator, converter, input);
    return this.convertInside(estimator, () => converter.convert(estimator, input, this));
  }

  private convertPredictor(
    estimator: Estimator,
    converter: PredictorConverter,
    input: Layout,
  ): ConvertedModel {
    this.prepare(estimator, converter, input);
    const predictor = this.convertInside(estimator, () =>
      converter.convert(estimator, input, this),
    );
    this.report(estimator, predictor.detail);
    return { ...predictor, pipeline: predictor.pipeline ?? [] };
  }

  /** The report lists the steps of the model itself, not those inside one of them. */
  private report({ className, stepName }: Estimator, detail: string | undefined): void {
    if (this.nested > 0) return;
    this.step({
      type: className,
      ...(stepName !== undefined && { name: stepName }),
      ...(detail !== undefined && { detail }),
    });
  }

  private convertInside<T>(estimator: Estimator, convert: () => T): T {
    this.nested++;
    const converted = this.inside(estimator, convert);
    this.nested--;
    return converted;
  }

  private inside<T>(estimator: Estimator, convert: () => T): T {
    if (++this.depth > LIMITS.nesting || ++this.converted > LIMITS.estimators) {
      throw estimator.fault(
        'is nested too deep, or one of too many estimators',
        'Save a flat pipeline of the steps that matter.',
      );
    }
    const converted = convert();
    this.depth--;
    return converted;
  }

  /** What a converter does not handle itself: text, and missing values. */
  private prepare(
    estimator: Estimator,
    { takesCategories = false, missing = 'rejected' }: TransformerConverter | PredictorConverter,
    input: Layout,
  ): void {
    this.convertedColumns += input.length;
    if (this.convertedColumns > LIMITS.convertedColumns) {
      throw estimator.fault(
        'is one of too many steps over too many columns',
        'Save a smaller model.',
      );
    }
    if (!takesCategories) input.useAsNumbers();
    if (missing === 'rejected') input.rejectMissing();
  }
}
