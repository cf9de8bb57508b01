import type { Value } from './form';

/** Calls of an address with a row, by language. */
export function snippets(
  url: string,
  row: Readonly<Record<string, Value>>,
): Readonly<Record<string, string>> {
  const body = JSON.stringify(row);
  return {
    curl: `curl -X POST ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d '${body.replaceAll("'", `'\\''`)}'`,
    Python: `import requests\n\nrow = ${pythonText(row)}\nanswer = requests.post("${url}", json=row)\nprint(answer.json())`,
    JavaScript: `const row = ${JSON.stringify(row, null, 2)};\nconst answer = await fetch("${url}", {\n  method: "POST",\n  headers: { "Content-Type": "application/json" },\n  body: JSON.stringify(row),\n});\nconsole.log(await answer.json());`,
  };
}

function pythonText(row: Readonly<Record<string, Value>>): string {
  const entries = Object.entries(row).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${pythonValue(value)},\n`,
  );
  return `{\n${entries.join('')}}`;
}

function pythonValue(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
