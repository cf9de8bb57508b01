import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, IS_NUMBER, validateSync, type ValidationError } from 'class-validator';
import type { Fault } from './error-responses.dto';
import { InvalidBodyException } from './invalid-body.exception';
import { nearestName } from './nearest-name';

/** More unknown fields than this are counted, not listed, so that an answer stays small. */
const MAX_UNKNOWN_LISTED = 20;
const MAX_NAME_SHOWN = 64;

/**
 * Checks parsed JSON against a DTO: exactly its fields, nothing converted. The rules are the DTO's
 * class-validator decorators; a row of numbers that plainly keeps them is recognised without calling it.
 */
export class BodyValidator<T extends object> {
  private readonly fields: readonly string[];
  /** Whether being a finite number is all that the rules ask of a field. */
  private readonly numbersOnly: boolean;

  constructor(private readonly dto: Type<T>) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
    this.fields = [...new Set(rules.map((rule) => rule.propertyName))];
    this.numbersOnly = rules.every((rule) => rule.name === IS_NUMBER);
  }

  /** Whether the DTO has exactly these fields. */
  hasExactly(names: readonly string[]): boolean {
    return names.length === this.fields.length && names.every((name) => this.fields.includes(name));
  }

  /** Whether a body is plainly valid; `false` says only that `faultsOf` has to look. */
  accepts(body: unknown): body is T {
    if (!this.numbersOnly || typeof body !== 'object' || body === null) return false;
    const record = body as Readonly<Record<string, unknown>>;
    const { fields } = this;
    for (let i = 0; i < fields.length; i++) {
      if (!Number.isFinite(record[fields[i]!])) return false;
    }
    let count = 0;
    for (const _ in record) count++;
    return count === fields.length;
  }

  /**
   * The body, typed.
   * @throws InvalidBodyException that lists every fault
   */
  validate(body: unknown): T {
    if (this.accepts(body)) return body;
    const faults = this.faultsOf(body);
    if (faults.length > 0) throw new InvalidBodyException(faults);
    return body as T;
  }

  /** The faults of a body, as class-validator finds them, and unknown fields. */
  faultsOf(body: unknown, loc: Fault['loc'] = ['body']): Fault[] {
    if (body === undefined) return [{ loc, msg: 'Field required', type: 'missing' }];
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return [{ loc, msg: 'Input should be a JSON object', type: 'object_type' }];
    }
    const record = body as Readonly<Record<string, unknown>>;
    return [...this.fieldFaults(record, loc), ...this.unknownFaults(record, loc)];
  }

  private fieldFaults(record: Readonly<Record<string, unknown>>, loc: Fault['loc']): Fault[] {
    const flat = Object.fromEntries(
      this.fields
        .filter((field) => Object.hasOwn(record, field))
        .map((field) => [field, flatten(record[field])]),
    );
    const errors = validateSync(plainToInstance(this.dto, flat));
    return errors.map((error) => toFault(error, loc));
  }

  private unknownFaults(record: Readonly<Record<string, unknown>>, loc: Fault['loc']): Fault[] {
    const unknown = Object.keys(record).filter((name) => !this.fields.includes(name));
    const faults = unknown.slice(0, MAX_UNKNOWN_LISTED).map((name): Fault => {
      const nearest = nearestName(name, this.fields);
      const hint = nearest === undefined ? '' : `. Did you mean "${nearest}"?`;
      return {
        loc: [...loc, name.slice(0, MAX_NAME_SHOWN)],
        msg: `Unknown field${hint}`,
        type: 'extra_forbidden',
      };
    });
    const rest = unknown.length - faults.length;
    if (rest > 0) faults.push({ loc, msg: `${rest} more unknown fields`, type: 'extra_forbidden' });
    return faults;
  }
}

/** Without what is nested: class-transformer would follow it to any depth. */
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === 'object' ? null : value;
}

function toFault({ property, value, constraints }: ValidationError, loc: Fault['loc']): Fault {
  const place = [...loc, property];
  if (value === undefined) return { loc: place, msg: 'Field required', type: 'missing' };
  if (constraints && 'isArray' in constraints) {
    return { loc: place, msg: 'Input should be a list', type: 'list_type' };
  }
  return typeof value === 'number'
    ? { loc: place, msg: 'Input should be a finite number', type: 'finite_number' }
    : { loc: place, msg: 'Input should be a number', type: 'float_type' };
}
