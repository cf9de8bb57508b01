import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { oxlintConfig } from './oxlint-config';

const IMPORTS = 'eslint(no-restricted-imports)';
const importOf = (from: string): string => `import { imported } from '${from}';`;

/** Code by the file that it stands in, and the rule that it breaks; the file may be any of its directory. */
const REFUSED: readonly (readonly [directory: string, code: string, rule: string])[] = [
  ['libs/model/src', importOf('@inferserve/model-store'), IMPORTS],
  ['libs/model/src', importOf('@inferserve/model'), IMPORTS],
  ['libs/model/src', importOf('node:fs/promises'), IMPORTS],
  ['libs/model/src', importOf('@nestjs/common'), IMPORTS],
  ['libs/model/src', importOf('../../training/src/split'), IMPORTS],
  ['libs/model/src/columns', importOf('../../../training/src'), IMPORTS],
  ['libs/model-store/src', importOf('@inferserve/inference'), IMPORTS],
  ['libs/model-store/src', importOf('@nestjs/common'), IMPORTS],
  ['libs/inference/src', importOf('@inferserve/rate-limit'), IMPORTS],
  ['libs/inference/src', importOf('node:http'), IMPORTS],
  ['libs/rate-limit/src', importOf('@inferserve/model'), IMPORTS],
  ['libs/training/src', importOf('@inferserve/model-import'), IMPORTS],
  ['libs/model-import/src/files', importOf('node:vm'), IMPORTS],
  ['libs/model-import/src/files', importOf('node:fs'), IMPORTS],
  ['libs/model-import/src/files', importOf('@inferserve/model/artifact'), IMPORTS],
  ['apps/api/src', importOf('@inferserve/training'), IMPORTS],
  ['apps/api/src', importOf('@inferserve/model-import'), IMPORTS],
  ['apps/api/src', importOf('ml-matrix'), IMPORTS],
  ['apps/api/src', importOf('ioredis'), IMPORTS],
  ['apps/api/src', importOf('../../cli/src/main'), IMPORTS],
  ['apps/api/src/http', importOf('../index'), IMPORTS],
  ['apps/cli/src/commands', importOf('@inferserve/inference'), IMPORTS],
  ['apps/cli/src/commands', importOf('../../../api/src/main'), IMPORTS],
  ['apps/cli/src/serve', importOf('@nestjs/core'), IMPORTS],
  ['apps/cli/src/serve', importOf('../../../../libs/inference/src'), IMPORTS],
  ['libs/model/src', 'const imported = process.pid;', 'eslint(no-restricted-globals)'],
  ['apps/api/src', 'const imported = process.env;', 'node(no-process-env)'],
  ['apps/api/src', `const imported = 1;${'\n//'.repeat(250)}`, 'eslint(max-lines)'],
  [
    'libs/model/src',
    "import type { Own } from './cycle';\nconst imported = 1 as Own;",
    'import(no-cycle)',
  ],
];

const ACCEPTED: readonly (readonly [directory: string, code: string])[] = [
  ['libs/model-store/src', importOf('@inferserve/model')],
  ['libs/model-store/src', importOf('node:fs/promises')],
  ['libs/inference/src', importOf('@inferserve/model-store')],
  ['libs/inference/src', importOf('@nestjs/common')],
  ['libs/rate-limit/src', importOf('ioredis')],
  ['apps/api/src', importOf('@inferserve/rate-limit')],
  ['apps/cli/src/commands', importOf('@inferserve/model-import')],
  ['apps/cli/src/serve', importOf('../../../api/src/main')],
];

describe('the linter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  const complaints = new Map<string, string[]>();
  // Files that begin with "serve" may start the API.
  const fileOf = (directory: string, name: string): string =>
    directory.endsWith('/serve') ? `${directory}-${name}.ts` : `${directory}/${name}.ts`;

  // All files in one run: starting the linter takes longer than anything it does.
  beforeAll(() => {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write('.oxlintrc.json', oxlintConfig());
    [...REFUSED, ...ACCEPTED].forEach(([directory, code], index) => {
      write(fileOf(directory, `case-${index}`), `${code}\nexport const own = [imported];\n`);
    });
    const inCycle = REFUSED.findIndex(([, , rule]) => rule === 'import(no-cycle)');
    write('libs/model/src/cycle.ts', `export type { own as Own } from './case-${inCycle}';\n`);
    write('libs/model/src/a.spec.ts', `${importOf('node:fs')}\nexport const own = [imported];\n`);

    const linter = resolve('node_modules/.bin/oxlint');
    const { stdout } = spawnSync(linter, ['--format=json'], { cwd: folder, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(stdout) as {
      readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
    };
    for (const { code, filename } of diagnostics) {
      complaints.set(filename, [...(complaints.get(filename) ?? []), code]);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(REFUSED.map((row, index) => [index, ...row] as const))(
    'case %i: refuses in %s %s',
    (index, directory, _, rule) => {
      expect(complaints.get(fileOf(directory, `case-${index}`))).toContain(rule);
    },
  );

  test.each(ACCEPTED.map((row, index) => [REFUSED.length + index, ...row] as const))(
    'case %i: accepts in %s %s',
    (index, directory) => {
      expect(complaints.get(fileOf(directory, `case-${index}`)) ?? []).not.toContain(IMPORTS);
    },
  );

  test('accepts anything that a spec imports', () => {
    expect(complaints.get('libs/model/src/a.spec.ts') ?? []).not.toContain(IMPORTS);
  });
});
