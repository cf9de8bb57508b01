import { ServedModel } from '@inferserve/inference';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { bodyText } from '../../../../../test/support/body-arbitraries';
import { irisModel, numberColumn, signArtifact } from '../../../../../test/support/served-models';
import { PredictRequest } from '../../protocols/native/predict-request.dto';
import { RowReader } from '../../protocols/native/row-reader';
import { FastRowReader } from './fast-row-reader';

const RUNS = { seed: 20261123, numRuns: 800 };
const plain = new RowReader();
const fast = new FastRowReader();

describe(FastRowReader.name, () => {
  test('takes the rows that class-validator takes', () => {
    const model = irisModel();
    let accepted = 0;
    fc.assert(
      fc.property(bodyText, (text) => {
        const body: unknown = JSON.parse(text);
        const expected = isValid(body);
        expect([fast.read(model, body), plain.read(model, body)]).toEqual([expected, expected]);
        expect(plain.faultsOf(model, body).length > 0).toBe(!expected);
        if (expected) accepted += 1;
      }),
      RUNS,
    );
    // Otherwise one side of the question would not have been asked.
    expect(accepted).toBeGreaterThan(RUNS.numRuns / 20);
    expect(accepted).toBeLessThan((RUNS.numRuns * 19) / 20);
  });

  test('agrees with the generated DTO for every kind of column and any name', () => {
    const model = new ServedModel(
      signArtifact(
        [
          numberColumn('toString'),
          numberColumn('0', { nullable: true, magnitude: 10 }),
          { type: 'boolean', name: 'constructor' },
          { type: 'category', name: 'length', values: ['a', 1, true], unknown: 'reject' },
        ],
        [1, 1, true, 1],
      ),
    );
    const value = fc.constantFrom<unknown[]>(
      0,
      1,
      -11,
      'a',
      'b',
      true,
      null,
      undefined,
      [],
      [1],
      {},
      Infinity,
    );
    const good = (...values: unknown[]) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...values) },
        { weight: 1, arbitrary: value },
      );
    const row = fc.oneof(
      fc.tuple(good(0, -1), good(10, null), good(true), good('a', true)).map(([a, b, c, d]) =>
        fromJson([
          ['toString', a],
          ['0', b],
          ['constructor', c],
          ['length', d],
        ]),
      ),
      fc.array(value, { maxLength: 5 }),
      fc.jsonValue(),
      fc
        .dictionary(fc.constantFrom('toString', '0', 'constructor', 'length', 'valueOf'), value)
        .map((record) => fromJson(Object.entries(record))),
    );
    let accepted = 0;
    fc.assert(
      fc.property(row, (body) => {
        const expected = plain.read(model, body);
        expect(fast.read(model, body)).toBe(expected);
        if (expected) accepted += 1;
      }),
      RUNS,
    );
    expect(accepted).toBeGreaterThan(40);
  });
});

/** What plain class-validator says; it overlooks unknown fields that every object inherits. */
function isValid(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  if (Object.keys(body).some((name) => name in Object.prototype)) return false;
  const options = { whitelist: true, forbidNonWhitelisted: true };
  return validateSync(plainToInstance(PredictRequest, body), options).length === 0;
}

/** An object as JSON.parse makes it; undefined members are left out. */
function fromJson(members: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
