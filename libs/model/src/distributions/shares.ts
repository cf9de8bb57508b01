import { ArtifactError } from '../artifact/artifact.error';
import { packArray } from '../artifact/numeric-array';
import { numbersOf } from '../transforms/checked-values';
import type { Bins, OutsideBin } from './bins';
import type { DistributionCollector, DistributionForm } from './distribution-form';
import type { SharesSpec } from './shares-spec';

/** The most frequent values have a bin of their own; the others share the last one. */
const MAX_OWN_BINS = 30;
const MISSING = 0;
const UNSEEN = 1;
const FIRST_VALUE = 2;

/** Codes of `count` known values, -1 for any other: how many rows have each. */
export function sharesOf(count: number): DistributionForm {
  return {
    collect: () => new ShareCollector(count),
    bins(distribution, path) {
      if (distribution.type === 'shares') return new ShareBins(distribution, count, path);
      throw new ArtifactError(path, `must be "shares", not "${distribution.type}"`);
    },
  };
}

class ShareCollector implements DistributionCollector {
  private readonly counts: Float64Array;
  private rows = 0;
  private missing = 0;
  private other = 0;

  constructor(count: number) {
    this.counts = new Float64Array(count);
  }

  add(code: number): void {
    this.rows += 1;
    if (Number.isNaN(code)) this.missing += 1;
    else if (code < 0) this.other += 1;
    else this.counts[code]! += 1;
  }

  finish(): SharesSpec | undefined {
    const { rows, missing, other, counts } = this;
    if (rows === missing) return undefined;
    return {
      type: 'shares',
      missing: missing / rows,
      other: other / rows,
      shares: packArray(counts.map((count) => count / rows)),
    };
  }
}

class ShareBins implements Bins {
  readonly count: number;
  readonly expected: readonly number[];
  readonly comparedAs: readonly number[];
  readonly outside: readonly OutsideBin[];
  private readonly binByCode: Uint8Array;

  constructor({ shares, missing, other }: SharesSpec, count: number, path: string) {
    const values = numbersOf(shares, count, `${path}.shares`);
    const own = Math.min(count, MAX_OWN_BINS);
    this.count = FIRST_VALUE + own + (count > own ? 1 : 0);
    const frequent = [...values.keys()].sort((a, b) => values[b]! - values[a]!).slice(0, own);
    this.binByCode = new Uint8Array(count).fill(FIRST_VALUE + own);
    for (const [i, code] of frequent.entries()) this.binByCode[code] = FIRST_VALUE + i;
    const expected = Array.from({ length: this.count }, () => 0);
    expected[MISSING] = missing;
    expected[UNSEEN] = other;
    for (const [code, value] of values.entries()) expected[this.binByCode[code]!]! += value;
    this.expected = expected;
    this.comparedAs = [...expected.keys()];
    this.outside = [
      {
        type: 'missing',
        bin: MISSING,
        isUnknown: missing === 0,
        message: 'Value is missing, but was not in any of the training rows',
      },
      {
        type: 'unseen',
        bin: UNSEEN,
        isUnknown: true,
        message: 'Value is none of those that the model was trained on',
      },
    ];
  }

  binOf(code: number): number {
    return code >= 0 ? this.binByCode[code]! : code < 0 ? UNSEEN : MISSING;
  }
}
