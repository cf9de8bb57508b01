import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expectGenerated } from '../support/generated-file';
import { oxlintConfig } from './oxlint-config';
import { PACKAGE_BOUNDARIES } from './package-boundaries';

/** The packages that have code. */
const PACKAGES = ['apps', 'libs'].flatMap((parent) =>
  readdirSync(parent)
    .map((name) => `${parent}/${name}`)
    .filter((path) => existsSync(`${path}/src`)),
);
const BOUNDARY_OF = new Map(PACKAGE_BOUNDARIES.map((boundary) => [boundary.path, boundary]));

test('.oxlintrc.json is current', () => expectGenerated('.oxlintrc.json', oxlintConfig()));

test('every package has its row in the table of boundaries', () => {
  expect(PACKAGES.filter((path) => !BOUNDARY_OF.has(path))).toEqual([]);
});

test('imports run one way', () => {
  const importsOf = (name: string): readonly string[] =>
    BOUNDARY_OF.get(`libs/${name}`)!.imports.flatMap((next) => [next, ...importsOf(next)]);
  for (const { path } of PACKAGE_BOUNDARIES.filter((boundary) =>
    boundary.path.startsWith('libs/'),
  )) {
    const name = path.replace('libs/', '');
    // A cycle would not come back from here.
    expect(importsOf(name)).not.toContain(name);
  }
});

test('every library has an index.ts, and nest-cli.json knows every package', () => {
  const { projects } = JSON.parse(readFileSync('nest-cli.json', 'utf8')) as {
    readonly projects: Readonly<Record<string, { readonly root: string }>>;
  };
  const roots = Object.values(projects).map(({ root }) => root);
  expect(PACKAGES.filter((path) => !roots.includes(path))).toEqual([]);
  for (const path of PACKAGES.filter((candidate) => candidate.startsWith('libs/'))) {
    expect(existsSync(`${path}/src/index.ts`)).toBe(true);
  }
});

test('an index.ts exports only what something outside of its package imports', () => {
  const sources = ['apps', 'libs', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(`${folder}/${path}`, 'utf8')),
  );
  const namesIn = (text: string, clauses: RegExp): string[] =>
    [...text.matchAll(clauses)].flatMap(([, names, from = '']) =>
      names!
        .split(',')
        .map((name) => name.replace('type ', '').trim().split(' as ')[0]!)
        .filter((name) => name !== '')
        .map((name) => from + name),
    );
  const imported = new Set(
    sources.flatMap((text) =>
      namesIn(text, /import (?:type )?\{([^}]*)\} from '(@inferserve\/.+)'/g),
    ),
  );
  for (const path of PACKAGES.filter((candidate) => candidate.startsWith('libs/'))) {
    const index = readFileSync(`${path}/src/index.ts`, 'utf8');
    const exported = namesIn(index, /export (?:type )?\{([^}]*)\}/g);
    expect(exported.length).toBeGreaterThan(0);
    const name = path.replace('libs', '@inferserve');
    expect(exported.filter((each) => !imported.has(name + each))).toEqual([]);
  }
});

test('the image is built from every library, a future one included', () => {
  const admitted = readFileSync('.dockerignore', 'utf8').split('\n');
  expect(admitted).toContain('!libs');
  expect(admitted).toContain('!apps/api/src');
  expect(admitted).toContain('!apps/cli/src');
});
