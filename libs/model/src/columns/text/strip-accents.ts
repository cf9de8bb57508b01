/** A mark of canonical combining class 230, and one of class 1, the lowest but 0. */
const ABOVE = '\u0315';
const OVERLAY = '\u0334';

const MARKS = /\p{M}/gu;
const combining = new Map<string, boolean>();

/** Python's `unicodedata.combining(mark) != 0`: whether canonical ordering moves the mark. */
function isCombining(mark: string): boolean {
  const known = combining.get(mark);
  if (known !== undefined) return known;
  const moves = (text: string): boolean => text.normalize('NFD') !== text;
  const result = mark === OVERLAY || moves(mark + OVERLAY) || moves(ABOVE + mark);
  combining.set(mark, result);
  return result;
}

/** NFKD without combining marks (`unicode`) or without anything beyond ASCII (`ascii`), as scikit-learn does. */
export function stripAccents(text: string, mode: 'unicode' | 'ascii'): string {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const decomposed = text.normalize('NFKD');
  return mode === 'unicode'
    ? decomposed.replace(MARKS, (mark) => (isCombining(mark) ? '' : mark))
    : decomposed.replace(/[^\0-\x7f]/g, '');
}
