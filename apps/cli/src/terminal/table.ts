/** One fact per row: its name, then its lines below each other. A fact without lines is left out. */
export function table(
  facts: readonly (readonly [name: string, lines: readonly string[]])[],
): string {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts
    .flatMap(([name, lines]) =>
      lines.map(
        (line, index) =>
          `${(index === 0 ? name : '').padEnd(width)}  ${line.replaceAll('\n', String.raw`\n`)}\n`,
      ),
    )
    .join('');
}
