import type { Value } from './form';

/** Calls of an address with a row, by language; a key comes from the variable API_KEY, never from the page. */
export function snippets(
  url: string,
  row: Readonly<Record<string, Value>>,
  withKey: boolean,
): Readonly<Record<string, string>> {
  const body = JSON.stringify(row).replaceAll("'", `'\\''`);
  const only = (text: string): string => (withKey ? text : '');
  return {
    curl: `curl -X POST '${url}' \\
${only(`  -H "Authorization: Bearer $API_KEY" \\\n`)}  -H 'Content-Type: application/json' \\
  -d '${body}'`,
    Python: `${only('import os\n')}import requests

row = ${pythonText(row)}
${only(`headers = {"Authorization": f"Bearer {os.environ['API_KEY']}"}\n`)}answer = requests.post("${url}", json=row${only(', headers=headers')})
print(answer.json())`,
    JavaScript: `const row = ${JSON.stringify(row, null, 2)};
const answer = await fetch("${url}", {
  method: "POST",
  headers: {
${only('    Authorization: `Bearer ${process.env.API_KEY}`,\n')}    "Content-Type": "application/json",
  },
  body: JSON.stringify(row),
});
console.log(await answer.json());`,
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
