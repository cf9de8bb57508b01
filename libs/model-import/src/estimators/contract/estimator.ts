import { ModelImportError } from '../../files/bytes/model-import.error';
import { numberOf, scalarOf } from '../../files/numpy/scalar-of';
import { PyObject, type PyValue } from '../../files/values/py-value';

const PACKAGES = /^(sklearn|imblearn|xgboost|lightgbm|catboost)\./;

/** A fitted estimator by its class name and attributes; nothing of it is live. */
export class Estimator {
  private constructor(
    /** The object of the file: the same for every view of it. */
    readonly object: PyObject,
    /** `sklearn`, `xgboost`, … */
    readonly library: string,
    private readonly attributes: ReadonlyMap<PyValue, PyValue>,
    /** The name of its step in a pipeline. */
    readonly stepName?: string,
  ) {}

  /** The estimator that a value is, or `undefined` where it is something else. */
  static from(value: PyValue | undefined, stepName?: string): Estimator | undefined {
    if (!(value instanceof PyObject)) return undefined;
    const [, library] = PACKAGES.exec(value.type.module) ?? [];
    if (library === undefined) return undefined;
    const attributes = value.state instanceof Map ? value.state : new Map<PyValue, PyValue>();
    return new Estimator(value, library, attributes, stepName);
  }

  get className(): string {
    return this.object.type.name;
  }

  get module(): string {
    return this.object.type.module;
  }

  /** Package and class, as the table of converters names them. */
  get key(): string {
    return `${this.library}.${this.className}`;
  }

  get offset(): number | undefined {
    return this.object.offset;
  }

  /** What the class was constructed with: the arguments of `Tree`, of a loss. */
  get args(): readonly PyValue[] {
    return this.object.args;
  }

  get version(): string | undefined {
    const version = this.attributes.get('_sklearn_version');
    return typeof version === 'string' ? version : undefined;
  }

  /** `[1, 6]` for 1.6.1. */
  get release(): readonly [major: number, minor: number] | undefined {
    const match = /^(\d{1,4})\.(\d{1,4})/.exec(this.version ?? '');
    return match ? [Number(match[1]), Number(match[2])] : undefined;
  }

  /** Whether the file was written by this release or a later one; `unknown` where it does not say. */
  isSince(major: number, minor: number, unknown = true): boolean {
    if (!this.release) return unknown;
    const [ownMajor, ownMinor] = this.release;
    return ownMajor > major || (ownMajor === major && ownMinor >= minor);
  }

  has(name: string): boolean {
    return this.attributes.has(name);
  }

  /** The attribute; `None` where it is absent, as in files of versions that did not have it. */
  get(name: string): PyValue {
    return this.attributes.get(name) ?? null;
  }

  /** The first of these attributes that is there: names change between versions. */
  getAny(...names: readonly string[]): PyValue {
    const name = names.find((candidate) => this.attributes.has(candidate));
    return name === undefined ? this.require(names[0]!) : this.get(name);
  }

  /** An attribute that the class always has. */
  require(name: string): PyValue {
    const value = this.attributes.get(name);
    if (value !== undefined) return value;
    if (name.endsWith('_')) throw this.fault('is not fitted', 'Call fit before saving it.', name);
    throw this.fault('is missing', 'Save the estimator again with scikit-learn 0.21 to 1.9.', name);
  }

  /** An estimator in an attribute. */
  inner(name: string, stepName = this.stepName): Estimator {
    const estimator = Estimator.from(this.require(name), stepName);
    if (estimator) return estimator;
    throw this.fault('is not an estimator of a supported library', 'Save it again.', name);
  }

  flag(name: string, absent: boolean): boolean {
    const value = scalarOf(this.attributes.get(name) ?? absent);
    if (typeof value === 'boolean') return value;
    if (value === 0 || value === 1) return value === 1;
    throw this.fault('must be True or False', 'Save the estimator again.', name);
  }

  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** A number, plain or a numpy scalar; `undefined` where the attribute is none. */
  number(name: string): number | undefined {
    return numberOf(this.get(name));
  }

  /** The release in words, for messages. */
  get writer(): string {
    return this.version ? `scikit-learn ${this.version}` : 'an unknown scikit-learn';
  }

  fault(problem: string, remedy: string, attribute?: string): ModelImportError {
    const step = this.stepName === undefined ? '' : ` (step "${this.stepName}")`;
    const path = `${this.className}${attribute === undefined ? '' : `.${attribute}`}${step}`;
    return new ModelImportError(problem, remedy, {
      path,
      ...(this.offset !== undefined && { offset: this.offset }),
    });
  }
}
