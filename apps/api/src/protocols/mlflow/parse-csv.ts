/** A reader of CSV that is at the first character of a cell. */
const QUOTED = /"((?:[^"]|"")*)"(,|\r?\n|$)/y;
const PLAIN = /([^",\r\n]*)(,|\r?\n|$)/y;

/**
 * The records of comma-separated text (RFC 4180), each a list of cells.
 * @throws RangeError that names the record where the text is not of this form
 */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length || record.length > 0;) {
    const pattern = text.charAt(at) === '"' ? QUOTED : PLAIN;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) throw new RangeError(`record ${records.length + 1} is not valid CSV`);
    const [all, cell = '', end] = match;
    record.push(pattern === QUOTED ? cell.replaceAll('""', '"') : cell);
    at += all.length;
    if (end === ',') continue;
    records.push(record);
    record = [];
    if (all.length === 0) break;
  }
  return records;
}
