import { readFileSync, writeFileSync } from 'node:fs';

// oxlint-disable-next-line node/no-process-env -- `npm run generate` writes, every other run compares
const isWriting = process.env['UPDATE_GENERATED'] === '1';

/**
 * Expects a committed file, or the part of it that `part` finds, to be this text; `npm run generate` writes it.
 * @param path from the root of the repository, where Jest runs
 */
export function expectGenerated(path: string, text: string, part = /[^]*/): void {
  const committed = readFileSync(path, 'utf8');
  const found = part.exec(committed);
  if (!found) throw new Error(`${path} has no part that matches ${part.source}`);
  if (isWriting)
    writeFileSync(
      path,
      committed.replace(part, () => text),
    );
  else if (found[0] !== text) {
    expect(`${path}, run "npm run generate":\n${found[0]}`).toBe(`${path}:\n${text}`);
  }
}
