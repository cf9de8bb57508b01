import type {
  ClassCase,
  ClassLabel,
  ClassOutputSpec,
  NumberOutputSpec,
  PredictorSpec,
  TransformSpec,
} from '@inferserve/model';
import type { Estimator } from './estimator';
import type { Layout } from '../layout/layout';

/** What a fitted transformer does, and the columns that come out of it. */
export interface ConvertedTransform {
  readonly specs: readonly TransformSpec[];
  readonly output: Layout;
}

interface ConvertedBase {
  /** Steps of its own before its predictor. */
  readonly pipeline?: readonly TransformSpec[];
  readonly predictor: PredictorSpec;
  /** What it amounts to, for people: `3 × 4`, `100 trees`. */
  readonly detail?: string;
}

/** The scores of a classifier and what becomes of them. */
export interface ConvertedClassifier extends ConvertedBase {
  readonly task: 'classification';
  readonly classes: readonly ClassLabel[];
  readonly output: ClassOutputSpec;
}

/** The scores of a regressor and what becomes of them. */
export interface ConvertedRegressor extends ConvertedBase {
  readonly task: 'regression';
  readonly output: NumberOutputSpec;
}

export type ConvertedPredictor = ConvertedClassifier | ConvertedRegressor;
/** A predictor with the steps before it. */
export type ConvertedModel = ConvertedPredictor & { readonly pipeline: readonly TransformSpec[] };

/** A step of the model as its file names it, for reports. */
export interface FoundStep {
  /** `StandardScaler`, `LinearClassifier`, … */
  readonly type: string;
  readonly name?: string;
  /** What its numbers amount to: `4 features`, `3 × 4`, … */
  readonly detail?: string;
}

/** What a converter can ask for while it converts one estimator. */
export interface ConvertContext {
  /** Something that the user should know about the import; the same text counts once. */
  warn(warning: string): void;
  /** A line of the report about the steps that were found; converters of formats add their own. */
  step(step: FoundStep): void;
  /** Converts a transformer inside another estimator: any class of the table, pipelines and searches included. */
  transform(estimator: Estimator, input: Layout): ConvertedTransform;
  /** Converts a model inside another one, with its own steps before it. */
  model(estimator: Estimator, input: Layout): ConvertedModel;
}

/** How many columns an estimator takes, and what they are called. */
export interface ModelInput {
  readonly count: number;
  readonly names?: readonly string[] | undefined;
  /** The file does not say, and it does not matter: the caller says which columns there are. */
  readonly isOpen?: boolean;
}

interface ConverterBase {
  /** Package and class, `sklearn.StandardScaler`: the modules between them change with the version. */
  readonly names: readonly string[];
  /** A line for the documentation: which settings are supported, and what is not. */
  readonly docs: string;
  /** Versions of the library that were checked. */
  readonly versions: string;
  /** How close the answers are: `exact`, `1e-12`, `1e-6 (float32)`. */
  readonly exactness: string;
  /** The columns of an estimator that has no `n_features_in_`. */
  input?(estimator: Estimator): ModelInput | undefined;
  /** An estimator inside it that takes the same columns, where that is how their number is known. */
  inputInside?(estimator: Estimator): Estimator | undefined;
}

interface StepConverter extends ConverterBase {
  /** Whether it also takes text and categories. Without it every column must be a number. */
  readonly takesCategories?: boolean;
  /**
   * What happens to a missing value: `rejected` (the default: the library raises), `kept` (NaN in, NaN out), or
   * `handled`: the converter itself calls `rejectMissing` where need be.
   */
  readonly missing?: 'rejected' | 'kept' | 'handled';
}

/** Makes steps of a fitted transformer. */
export interface TransformerConverter extends StepConverter {
  readonly role: 'transformer';
  convert(estimator: Estimator, input: Layout, context: ConvertContext): ConvertedTransform;
}

/** Makes a predictor of a fitted classifier or regressor. */
export interface PredictorConverter extends StepConverter {
  readonly role: 'classifier' | 'regressor';
  /**
   * Whether it depends on the scale of its input, so that a scaler saved elsewhere must not be forgotten; or the
   * estimator inside it that decides this, by its kind and its own steps.
   */
  readonly needsScaling?: boolean | ((estimator: Estimator) => Estimator | undefined);
  /** A predictor, or one with the steps before it that a model inside this one has. */
  convert(
    estimator: Estimator,
    input: Layout,
    context: ConvertContext,
  ): ConvertedPredictor | ConvertedModel;
}

/** Something around one estimator that does not change its answers: a search, a frozen estimator. */
export interface WrapperConverter extends ConverterBase {
  readonly role: 'wrapper';
  /** The attribute that holds the estimator. */
  readonly attribute: string;
}

/** Estimators one after the other. */
export interface PipelineConverter extends ConverterBase {
  readonly role: 'pipeline';
  /** The steps without those that pass everything on. */
  steps(estimator: Estimator): readonly Estimator[];
}

/** Names of classes beside a model. */
export interface LabelsConverter extends ConverterBase {
  readonly role: 'labels';
}

/** How one foreign class, or a close family of them, is imported. */
export type Converter =
  | TransformerConverter
  | PredictorConverter
  | WrapperConverter
  | PipelineConverter
  | LabelsConverter;

/** A model that was found in a file, ready to be converted. */
export interface FoundModel {
  /** The class, operator or format, for messages. */
  readonly type: string;
  readonly input: ModelInput;
  /** Whether it depends on the scale of its input and has no step of its own before it. */
  readonly isBare: boolean;
  /** Whether it has steps of its own before it. */
  readonly hasSteps?: boolean;
  readonly sklearnVersion?: string | undefined;
  /** Whether scikit-learn made it, whose files state their version. */
  readonly isOfSklearn?: boolean;
  /** Where it can be told before the conversion. */
  readonly classCount?: number | undefined;
  /** Rows with the answers of the program that made the model, where the file has them. */
  readonly cases?: readonly ClassCase[];
  convert(input: Layout, context: ConvertContext): ConvertedModel;
}
