import { MODEL_VERSION_PATTERN } from '@inferserve/model';

/** `3`, `2.0`, `v1.4.2`, `1.0.0-rc.1`, `1.0.0+build.5`: semantic versions, of which any number of parts may be given. */
const NUMBERED =
  /^v?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/i;
/** `2026-01-31`, `20260131-143000`, `2026-01-31T14-30-00Z`: hyphens separate numbers here, not a pre-release. */
const DATED = /^\d{4,}(?:[-_T]\d+)+Z?$/;
const BEGINS_AS_DATE = /^\d{4,}-\d/;

/** The rule of `isModelVersion` in words, for error messages. */
export const MODEL_VERSION_RULE =
  'Use a whole number, a semantic version or a date, such as 3, 2.0, 1.4.2-rc.1 or 2026-01-31, of at most 64 characters';

interface ParsedVersion {
  /** Decimal digits without leading zeros, so that no size is lost to rounding. */
  readonly numbers: readonly string[];
  readonly preRelease: readonly string[];
}

/** Whether `text` is a version with a place in the order of versions. */
export function isModelVersion(text: string): boolean {
  return parseVersion(text) !== undefined;
}

/** Whether `text` is one path segment without tricks; what is asked for by name need not be a version. */
export function isSafeFolderName(text: string): boolean {
  return MODEL_VERSION_PATTERN.test(text);
}

/** Whether `version` is a pre-release, such as `1.0.0-rc1`: served only when asked for by name. */
export function isPreRelease(version: string): boolean {
  return (parseVersion(version)?.preRelease.length ?? 0) > 0;
}

/**
 * Negative where `a` is older than `b`. Precedence is that of Semantic Versioning 2.0.0, section 11; a missing part
 * counts as 0. Versions of equal precedence, such as `2` and `2.0`, are ordered by their text.
 * @throws RangeError for a text that is not a version
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parsedOrThrow(a), parsedOrThrow(b)];
  const parts = Math.max(left.numbers.length, right.numbers.length);
  for (let i = 0; i < parts; i++) {
    const order = compareDigits(left.numbers[i] ?? '0', right.numbers[i] ?? '0');
    if (order !== 0) return order;
  }
  return comparePreReleases(left.preRelease, right.preRelease) || compareText(a, b);
}

/** The newest of `versions` that is not a pre-release; `undefined` where there is none. */
export function newestVersion(versions: readonly string[]): string | undefined {
  return versions
    .filter((version) => !isPreRelease(version))
    .sort(compareVersions)
    .at(-1);
}

/** The smallest whole number that is newer than all of `versions`, pre-releases included; `1` for none. */
export function versionAfter(versions: readonly string[]): string {
  const majors = versions.map((version) => BigInt(parsedOrThrow(version).numbers[0]!));
  return String(majors.reduce((largest, major) => (major > largest ? major : largest), 0n) + 1n);
}

function parseVersion(text: string): ParsedVersion | undefined {
  if (!MODEL_VERSION_PATTERN.test(text)) return undefined;
  if (DATED.test(text)) return { numbers: text.match(/\d+/g)!.map(withoutZeros), preRelease: [] };
  if (BEGINS_AS_DATE.test(text)) return undefined;
  const [, numbers, preRelease] = NUMBERED.exec(text) ?? [];
  return numbers === undefined
    ? undefined
    : {
        numbers: numbers.split('.').map(withoutZeros),
        preRelease: preRelease?.split('.') ?? [],
      };
}

function parsedOrThrow(text: string): ParsedVersion {
  const parsed = parseVersion(text);
  if (!parsed) throw new RangeError(`"${text}" is not a version. ${MODEL_VERSION_RULE}.`);
  return parsed;
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

function compareDigits(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareIdentifiers(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers by size, texts by ASCII, numbers before texts. */
function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aIsNumber && bIsNumber) return compareDigits(withoutZeros(a), withoutZeros(b));
  return aIsNumber === bIsNumber ? compareText(a, b) : aIsNumber ? -1 : 1;
}
