import type { Artifact } from './artifact';

/** The text of `model.json`: indented, arrays of plain values on one line, the same bytes for the same artifact. */
export function formatArtifact(artifact: Artifact): string {
  return `${format(artifact, '')}\n`;
}

function format(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (!value.some((element) => typeof element === 'object' && element !== null)) {
      return `[${value.map((element) => JSON.stringify(element)).join(', ')}]`;
    }
    const lines = value.map((element) => deeper + format(element, deeper));
    return `[\n${lines.join(',\n')}\n${indent}]`;
  }
  const lines = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${deeper}${JSON.stringify(key)}: ${format(member, deeper)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}
