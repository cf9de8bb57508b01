import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { arrayOf } from '../contract/arrays';
import type { TransformerConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import { selection } from './selection';

/** Which columns are kept, by the setting (`k`, `percentile`, `alpha`) and the fitted scores or p-values. */
type Rule = (selector: Estimator, setting: string) => boolean[];

const RULES: ReadonlyMap<string, readonly [setting: string, rule: Rule]> = new Map([
  ['SelectKBest', ['k', kBest]],
  ['SelectPercentile', ['percentile', percentile]],
  ['SelectFpr', ['alpha', falsePositiveRate]],
  ['SelectFdr', ['alpha', falseDiscoveryRate]],
  ['SelectFwe', ['alpha', familyWiseError]],
]);
const MODES: ReadonlyMap<string, Rule> = new Map([
  ['k_best', kBest],
  ['percentile', percentile],
  ['fpr', falsePositiveRate],
  ['fdr', falseDiscoveryRate],
  ['fwe', familyWiseError],
]);

/** The columns with the best scores of a test. */
export const univariateSelectors: TransformerConverter = {
  names: [...RULES.keys(), 'GenericUnivariateSelect'].map((name) => `sklearn.${name}`),
  role: 'transformer',
  docs: 'every score function and setting',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  convert(selector, input) {
    const [setting, rule] = RULES.get(selector.className) ?? [
      'param',
      MODES.get(selector.text('mode') ?? 'percentile'),
    ];
    if (!rule) throw selector.fault('is not a known mode', 'Fit it again.', 'mode');
    return selection(selector, rule(selector, setting), input);
  },
};

/** The last k in a stable order, so that of equal scores the later column is kept. */
function kBest(selector: Estimator, setting: string): boolean[] {
  const scores = scoresOf(selector);
  if (selector.get(setting) === 'all') return scores.map(() => true);
  const k = settingOf(selector, setting);
  const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
  const kept = new Set(k === 0 ? [] : order.slice(-k));
  return scores.map((_, j) => kept.has(j));
}

function percentile(selector: Estimator, setting: string): boolean[] {
  const scores = scoresOf(selector);
  const share = settingOf(selector, setting);
  if (share === 100 || share === 0) return scores.map(() => share === 100);
  const threshold = linearPercentile(scores, 100 - share);
  const above = scores.filter((score) => score > threshold).length;
  let free = Math.trunc((scores.length * share) / 100) - above;
  // A negative number of free places counts from the end, as Python's slices do.
  const ties = scores.filter((score) => score === threshold).length;
  if (free < 0) free = Math.max(0, ties + free);
  return scores.map((score) => score > threshold || (score === threshold && free-- > 0));
}

function falsePositiveRate(selector: Estimator, setting: string): boolean[] {
  const alpha = settingOf(selector, setting);
  return pValuesOf(selector).map((p) => p < alpha);
}

/** Benjamini and Hochberg (1995). */
function falseDiscoveryRate(selector: Estimator, setting: string): boolean[] {
  const pValues = pValuesOf(selector);
  const alpha = settingOf(selector, setting);
  const sorted = pValues.filter((p) => !Number.isNaN(p)).sort((a, b) => a - b);
  const selected = sorted.filter((p, i) => p <= (alpha / pValues.length) * (i + 1));
  const largest = selected.at(-1);
  return pValues.map((p) => largest !== undefined && p <= largest);
}

function familyWiseError(selector: Estimator, setting: string): boolean[] {
  const pValues = pValuesOf(selector);
  const alpha = settingOf(selector, setting);
  return pValues.map((p) => p < alpha / pValues.length);
}

function settingOf(selector: Estimator, name: string): number {
  const value = selector.number(name);
  if (value !== undefined && Number.isFinite(value) && value >= 0) return value;
  throw selector.fault('is not a number', 'Fit the selector again.', name);
}

/** `scores_`, where a column without a score has the lowest. */
function scoresOf(selector: Estimator): number[] {
  const scores = decodeNumbers(arrayOf(selector, 'scores_'));
  return Array.from(scores, (score) => (Number.isNaN(score) ? -Number.MAX_VALUE : score));
}

function pValuesOf(selector: Estimator): number[] {
  const array = asNdArray(selector.require('pvalues_'));
  if (array) return [...decodeNumbers(array)];
  throw selector.fault(
    'are not an array',
    'Fit the selector with a score function that has them.',
    'pvalues_',
  );
}

/** numpy's percentile with linear interpolation. */
function linearPercentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share / 100) * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low]!;
  const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
  const fraction = at - low;
  // numpy interpolates from the nearer end.
  const step = above - below;
  return fraction >= 0.5 ? above - step * (1 - fraction) : below + step * fraction;
}
