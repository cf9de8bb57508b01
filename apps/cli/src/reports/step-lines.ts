import type { FoundStep } from '@inferserve/model-import';

/** One line per preprocessing step and model found in a file, in columns. */
export function stepLines(steps: readonly FoundStep[]): string[] {
  const width = Math.max(...steps.map(({ type }) => type.length));
  return steps.map(({ type, name, detail }) =>
    `${type.padEnd(width)}  ${detail ?? ''}${name === undefined ? '' : `  "${name}"`}`.trimEnd(),
  );
}
