import * as v from 'valibot';
import { outsideRange } from '../distributions/outside';
import { QUANTILES } from '../distributions/quantiles';
import { put } from '../vector';
import { isMissingText } from './missing-text';
import { columnEntries } from './column-entries';
import type { ColumnKind } from './column-kind';
import { MAX_LISTED, unknownText } from './unknown-text';

const finite = v.pipe(v.number(), v.finite());

const schema = v.strictObject({
  type: v.literal('number'),
  ...columnEntries,
  unit: v.optional(v.string()),
  /** Smallest and largest value of the training rows, in `unit`. */
  observedMin: v.optional(finite),
  observedMax: v.optional(finite),
  /** Largest absolute value that the model can take, where that is less than any double. */
  magnitude: v.optional(v.pipe(finite, v.gtValue(0))),
  /** Values must be above this, because a step is not defined for others. */
  exclusiveMinimum: v.optional(finite),
  /** Whether `true` and `false` are taken for 1 and 0. */
  booleans: v.optional(v.boolean()),
  /** The only values that are accepted, because an encoder knows no others. */
  values: v.optional(v.pipe(v.array(finite), v.minLength(1), v.maxLength(1_000_000), v.readonly())),
});

export type NumberColumnSpec = v.InferOutput<typeof schema>;

/** A finite number; `null` is a missing value (NaN in the row) where the column is nullable. */
export const numberColumn: ColumnKind<NumberColumnSpec> = {
  type: 'number',
  schema,
  width: () => 1,
  compile(spec, row, offset) {
    const {
      nullable = false,
      magnitude = Number.MAX_VALUE,
      exclusiveMinimum,
      values,
      booleans = false,
    } = spec;
    const minimum = exclusiveMinimum ?? -Infinity;
    const known = values && new Set(values);
    const isInRange = (value: number) =>
      value <= magnitude && value >= -magnitude && value > minimum;
    const takes = (value: unknown): value is number =>
      typeof value === 'number' && isInRange(value) && (known === undefined || known.has(value));
    const fromBoolean = (value: unknown) =>
      booleans && typeof value === 'boolean' ? Number(value) : value;
    return {
      read(value) {
        if (takes(value)) {
          put(row, offset, value);
          return true;
        }
        if (value === null && nullable) {
          put(row, offset, Number.NaN);
          return true;
        }
        const number = fromBoolean(value);
        if (!takes(number)) return false;
        put(row, offset, number);
        return true;
      },
      fault(given) {
        const value = fromBoolean(given);
        if (takes(value) || (value === null && nullable)) return undefined;
        if (typeof value !== 'number') {
          const message = `Input should be a number${nullable ? ', or null where it is missing' : ''}`;
          return { type: 'float_type', message };
        }
        if (values && isInRange(value)) {
          return { type: 'unknown_category', message: unknownText(value, values) };
        }
        if (value <= minimum && value >= -Number.MAX_VALUE) {
          return { type: 'greater_than', message: `Input should be greater than ${minimum}` };
        }
        return Number.isFinite(value)
          ? {
              type: 'number_too_large',
              message: `Input should be a number between -${magnitude} and ${magnitude}`,
            }
          : { type: 'finite_number', message: 'Input should be a finite number' };
      },
    };
  },
  fromText({ nullable, booleans }, text) {
    const trimmed = text.trim();
    if (booleans && /^(?:true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
    if (isMissingText(trimmed)) return nullable ? null : text;
    const value = Number(trimmed);
    return Number.isFinite(value) ? value : text;
  },
  jsonSchema(spec) {
    const { nullable, description, unit, observedMin, observedMax, exclusiveMinimum, values } =
      spec;
    const types = ['number', ...(spec.booleans ? ['boolean'] : []), ...(nullable ? ['null'] : [])];
    const range =
      observedMin !== undefined && observedMax !== undefined
        ? `training range ${observedMin} to ${observedMax}${unit ? ` ${unit}` : ''}`
        : unit && `in ${unit}`;
    const text = [description, range].filter(Boolean).join('; ');
    return {
      type: types.length === 1 ? 'number' : types,
      ...(exclusiveMinimum !== undefined && { exclusiveMinimum }),
      ...(values && values.length <= MAX_LISTED && { enum: nullable ? [...values, null] : values }),
      ...(text && { description: text.charAt(0).toUpperCase() + text.slice(1) }),
    };
  },
  distribution: () => QUANTILES,
  outside({ observedMin: least, observedMax: greatest }) {
    if (least === undefined || greatest === undefined) return undefined;
    const { below, above } = outsideRange(least, greatest);
    return (value) => (value < least ? below : value > greatest ? above : undefined);
  },
  datatype: () => 'FP64',
  alsoTakes: ({ booleans }) => (booleans ? 'BOOL' : undefined),
};
