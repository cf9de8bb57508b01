import { decodeUtf8 } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { treeLimit } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import { parseJson } from '../json/parse-json';
import type { JsonValue } from '../json/json-value';

/** A block of `key=value` lines. */
export type TextBlock = ReadonlyMap<string, string>;

/** A LightGBM text file as plain blocks; values stay text, which `numbersOfLine` reads. */
export interface LightGbmText {
  /** `version`, `num_class`, `objective`, `feature_names`, …; a line without `=` has an empty value. */
  readonly header: TextBlock;
  /** One block for each `Tree=i`, in order. */
  readonly trees: readonly TextBlock[];
  /** Values of each category column, in column order; the position is the code. */
  readonly pandasCategorical: JsonValue;
}

const LINE_FEED = 0x0a;
const END_OF_TREES = 'end of trees';
const PANDAS = 'pandas_categorical:';

/** Whether the bytes start as `Booster.save_model` writes them. */
export function isLightGbmText(bytes: Uint8Array): boolean {
  return /^tree\r?\n/.test(Buffer.from(bytes.subarray(0, 8)).toString('latin1'));
}

/**
 * Reads the text of `Booster.save_model`; what follows the trees (importances, parameters) is passed over.
 * @throws ModelImportError for a file without an end of its trees
 */
export function readLightGbmText(bytes: Uint8Array): LightGbmText {
  const header = new Map<string, string>();
  const trees: Map<string, string>[] = [];
  let block = header;
  let ended = false;
  const limit = treeLimit(bytes.length);
  let pandasCategorical: JsonValue = null;
  for (const { line, offset } of linesOf(bytes)) {
    if (ended) {
      if (line.startsWith(PANDAS)) {
        pandasCategorical = parseJson(Buffer.from(line.slice(PANDAS.length)));
      }
      continue;
    }
    if (line === END_OF_TREES) ended = true;
    else if (line.startsWith('Tree=')) {
      if (trees.length >= limit) throw overLimit('has too many trees', offset);
      trees.push((block = new Map()));
    } else if (line !== '') {
      const at = line.indexOf('=');
      const key = at < 0 ? line : line.slice(0, at);
      if (block.has(key)) throw damaged('states a line of a tree twice', offset);
      block.set(key, at < 0 ? '' : line.slice(at + 1));
    }
  }
  if (!ended) throw damaged('ends before the line "end of trees"', bytes.length);
  return { header, trees, pandasCategorical };
}

/** The numbers of a line, separated by single spaces; none for an empty line. */
export function numbersOfLine(text: string): Float64Array {
  if (text === '') return new Float64Array(0);
  return Float64Array.from(text.split(' '), (part) => (part === '' ? NaN : Number(part)));
}

function* linesOf(bytes: Uint8Array): Generator<{ line: string; offset: number }> {
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const line = decodeUtf8(bytes.subarray(start, end), start);
    yield { line: line.endsWith('\r') ? line.slice(0, -1) : line, offset: start };
    start = end + 1;
  }
}
