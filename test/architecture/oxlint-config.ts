import { MODULE_KINDS, PACKAGE_BOUNDARIES, type PackageBoundary } from './package-boundaries';

/** The text of .oxlintrc.json: rules for all code, and the boundaries of each package. */
export function oxlintConfig(): string {
  return `${JSON.stringify(
    {
      $schema: './node_modules/oxlint/configuration_schema.json',
      plugins: ['typescript', 'import', 'node', 'unicorn', 'jest'],
      categories: { correctness: 'error', suspicious: 'error' },
      env: { node: true, es2022: true, jest: true },
      ignorePatterns: ['dist', 'coverage', 'node_modules', 'test/reference'],
      rules: RULES,
      overrides: [
        ...PACKAGE_BOUNDARIES.flatMap(boundaryRules),
        { files: ['{apps,libs}/*/src/**/*.ts'], rules: { 'max-lines': ['error', { max: 250 }] } },
        {
          files: ['**/*.spec.ts', 'test/**'],
          rules: {
            'no-restricted-imports': 'off',
            'no-restricted-globals': 'off',
            'no-console': 'off',
          },
        },
      ],
    },
    undefined,
    2,
  )}\n`;
}

const RULES = {
  eqeqeq: 'error',
  'no-console': 'error',
  'import/no-cycle': ['error', { ignoreTypes: false }],
  'import/no-default-export': 'error',
  'import/no-unassigned-import': ['error', { allow: ['reflect-metadata'] }],
  'node/no-process-env': 'error',
  'typescript/no-explicit-any': 'error',
  // Modules of Nest and classes that decorators describe are empty.
  'typescript/no-extraneous-class': 'off',
  // A helper beside its only use reads better than at the top of the file.
  'unicorn/consistent-function-scoping': 'off',
  // What is sorted is a copy, made in the same expression.
  'unicorn/no-array-sort': 'off',
  // Short names like `rows` and `_` come again in inner functions.
  'no-shadow': 'off',
  // fast-check is used as `fc.array`, as its documentation does.
  'import/no-named-as-default-member': 'off',
  // `describe(Model.name, …)`, and titles from tables.
  'jest/valid-title': 'off',
  // Helpers and properties hold expectations, which these rules do not follow.
  'jest/no-standalone-expect': 'off',
  'jest/expect-expect': 'off',
  'jest/no-conditional-expect': 'off',
  // A metric registers itself when it is made.
  'no-new': 'off',
  // Rows, files and requests go one after the other on purpose.
  'no-await-in-loop': 'off',
};

interface RestrictedImports {
  readonly group: readonly string[];
  readonly message: string;
}

function boundaryRules(boundary: PackageBoundary): readonly object[] {
  const { path, never, starts } = boundary;
  const globals = never.includes('processes')
    ? { 'no-restricted-globals': ['error', 'process', 'fetch'] }
    : {};
  const override = (files: string, started?: string): object => ({
    files: [files],
    rules: {
      'no-restricted-imports': ['error', { patterns: restrictionsOf(boundary, started) }],
      ...globals,
    },
  });
  return [override(`${path}/src/**`), ...(starts ? [override(starts.from, starts.app)] : [])];
}

/** @param started the directory of an app that may be imported by its path */
function restrictionsOf(
  { path, imports, never }: PackageBoundary,
  started?: string,
): readonly RestrictedImports[] {
  const others = PACKAGE_BOUNDARIES.map((other) => other.path).filter(
    (other) => other !== path && other !== started,
  );
  const forbidden = PACKAGE_BOUNDARIES.filter((other) => other.path.startsWith('libs/'))
    .map((other) => nameOf(other.path))
    .filter((name) => !imports.includes(name));
  return [
    {
      group: [
        '@inferserve/*/*',
        ...others.flatMap((other) => [`**/${nameOf(other)}/src`, `**/${nameOf(other)}/src/**`]),
      ],
      message: 'Import another package through its index.ts: @inferserve/<package>.',
    },
    {
      group: ['./index', '../index', '../../index'],
      message: 'Inside a package, import the file itself.',
    },
    {
      group: forbidden.map((name) => `@inferserve/${name}`),
      message: `${path} may import these packages: ${imports.join(', ') || 'none'}.`,
    },
    ...never.map((kind) => ({
      group: MODULE_KINDS[kind].modules,
      message: MODULE_KINDS[kind].reason,
    })),
  ];
}

function nameOf(path: string): string {
  return path.split('/')[1]!;
}
