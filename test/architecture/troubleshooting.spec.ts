import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The program's text, with literals that are put together from several lines as one. */
const sources = ['apps', 'libs']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  .join('\n')
  .replaceAll(/['`]\s*\+\s*['`]/g, '');

/** What the first cells of the page's tables quote. */
const quoted = readFileSync('docs/troubleshooting.md', 'utf8')
  .split('\n')
  .flatMap((line) => /^\| (?:\d{3} )?(?<cell>.*?) +\|/.exec(line)?.groups?.['cell'] ?? [])
  .flatMap((cell) => [...cell.matchAll(/`(?<message>[^`]+)`/g)].map(([, message]) => message!))
  .filter((message) => message.includes(' '));

describe('docs/troubleshooting.md', () => {
  it('quotes messages', () => expect(quoted.length).toBeGreaterThan(30));

  it.each(quoted)('%s: is a message of the program', (message) => {
    for (const part of message.split('…')) expect(sources).toContain(part.trim());
  });
});
