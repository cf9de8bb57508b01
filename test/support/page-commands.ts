import { readFileSync } from 'node:fs';

/** A shell command that a page of the documentation shows. */
export interface PageCommand {
  readonly text: string;
  /** The JSON that the page shows below it. */
  readonly answer?: string;
}

/** The commands of a Markdown file, in order. */
export function commandsOf(page: string): readonly PageCommand[] {
  const blocks = /^```(?:sh|bash|shell)\n([^]*?)^```\n(?:\n```json\n([^]*?)^```)?/gm;
  return [...readFileSync(page, 'utf8').matchAll(blocks)].flatMap(([, block, answer]) => {
    const commands = logicalLines(block!);
    return commands.map((text, i) =>
      answer !== undefined && !answer.includes('…') && i === commands.length - 1
        ? { text, answer }
        : { text },
    );
  });
}

/** Without comments; a line ends where its quotes are closed and no backslash continues it. */
function logicalLines(block: string): readonly string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of block.split('\n')) {
    open += open === '' ? line : `\n${line}`;
    const isQuoted = (open.match(/'/g) ?? []).length % 2 === 1;
    if (isQuoted || open.endsWith('\\')) continue;
    const command = open.replace(/\s+# .*$/, '').trim();
    if (command !== '') lines.push(command);
    open = '';
  }
  return lines;
}
