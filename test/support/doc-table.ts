import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Prints a table of measurements. With WRITE_DOCS=1 it also takes the place between `<!-- name -->` and
 * `<!-- /name -->` in a page of the documentation, so that the page shows what the tests saw.
 */
export function reportTable(
  page: string,
  name: string,
  rows: readonly (readonly string[])[],
): void {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
  process.stdout.write(`\n${table}\n\n`);
  // oxlint-disable-next-line node/no-process-env -- whether to write is a matter of the run
  if (process.env['WRITE_DOCS'] !== '1') return;
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const text = readFileSync(page, 'utf8');
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`${page} has no place for the table "${name}"`);
  writeFileSync(page, `${before}${start}\n\n${table}\n\n${end}${after}`);
}
