import { ModelImportError } from '../files/bytes/model-import.error';
import { PyObject, type PyValue } from '../files/values/py-value';

/** A scikit-learn estimator by its class name and attributes; nothing of it is live. */
export class Estimator {
  private constructor(
    readonly className: string,
    readonly module: string,
    private readonly attributes: ReadonlyMap<PyValue, PyValue>,
    readonly offset: number | undefined,
    /** The name of its step in a pipeline. */
    readonly stepName?: string,
  ) {}

  /** The estimator that a value is, or `undefined` where it is something else. */
  static from(value: PyValue | undefined, stepName?: string): Estimator | undefined {
    if (!(value instanceof PyObject) || !value.type.module.startsWith('sklearn.')) return undefined;
    const attributes = value.state instanceof Map ? value.state : new Map<PyValue, PyValue>();
    return new Estimator(value.type.name, value.type.module, attributes, value.offset, stepName);
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

  has(name: string): boolean {
    return this.attributes.has(name);
  }

  /** The attribute; `None` where it is absent, as in files of versions that did not have it. */
  get(name: string): PyValue {
    return this.attributes.get(name) ?? null;
  }

  /** An attribute that the class always has. */
  require(name: string): PyValue {
    const value = this.attributes.get(name);
    if (value !== undefined) return value;
    if (name.endsWith('_')) throw this.fault('is not fitted', 'Call fit before saving it.', name);
    throw this.fault('is missing', 'Save the estimator again with scikit-learn 0.22 to 1.9.', name);
  }

  flag(name: string, absent: boolean): boolean {
    const value = this.attributes.get(name) ?? absent;
    if (typeof value === 'boolean') return value;
    if (value === 0 || value === 1) return value === 1;
    throw this.fault('must be True or False', 'Save the estimator again.', name);
  }

  text(name: string): string | undefined {
    const value = this.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** The release in words, for messages. */
  get writer(): string {
    return this.version ? `scikit-learn ${this.version}` : 'an unknown scikit-learn';
  }

  fault(problem: string, cure: string, attribute?: string): ModelImportError {
    const step = this.stepName === undefined ? '' : ` (step "${this.stepName}")`;
    const path = `${this.className}${attribute === undefined ? '' : `.${attribute}`}${step}`;
    return new ModelImportError(problem, cure, { path, offset: this.offset });
  }
}
