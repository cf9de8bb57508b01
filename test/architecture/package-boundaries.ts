/** What packages of a kind must not reach, and why. */
export const MODULE_KINDS = {
  framework: {
    modules: ['@nestjs/*', '@nest-lab/*', 'express', 'rxjs', 'reflect-metadata'],
    reason: 'This package is used without a server: it imports no framework.',
  },
  redis: {
    modules: ['ioredis'],
    reason: 'Only libs/rate-limit talks to Redis.',
  },
  files: {
    modules: ['fs', 'fs/promises', 'node:fs', 'node:fs/promises'],
    reason: 'This package takes and gives bytes; its callers read and write files.',
  },
  network: {
    modules: ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns', 'dns/promises'].map(
      (module) => `node:${module}`,
    ),
    reason: 'This package knows no network.',
  },
  processes: {
    modules: [
      'node:process',
      'node:child_process',
      'node:cluster',
      'node:worker_threads',
      'node:vm',
    ],
    reason: 'This package starts nothing and executes nothing.',
  },
  training: {
    modules: ['ml-*'],
    reason: 'Only libs/training trains; nothing that serves may need its libraries.',
  },
} as const;

export type ModuleKind = keyof typeof MODULE_KINDS;

/** A package of the workspace and what it may import. */
export interface PackageBoundary {
  /** Its directory. */
  readonly path: string;
  /** The packages of libs/ that it may import; all others are forbidden. */
  readonly imports: readonly string[];
  readonly never: readonly ModuleKind[];
  /** Another app that these files of it may start. */
  readonly starts?: { readonly app: string; readonly from: string };
}

/**
 * The boundaries of all packages. Imports run one way; .oxlintrc.json is generated from this table, and a
 * package without a row fails its spec. Run `npm run generate` after a change.
 */
export const PACKAGE_BOUNDARIES: readonly PackageBoundary[] = [
  {
    path: 'libs/model',
    imports: [],
    never: ['framework', 'redis', 'files', 'network', 'processes', 'training'],
  },
  {
    path: 'libs/model-store',
    imports: ['model'],
    never: ['framework', 'redis', 'network', 'processes', 'training'],
  },
  {
    path: 'libs/inference',
    imports: ['model', 'model-store'],
    never: ['redis', 'network', 'processes', 'training'],
  },
  {
    path: 'libs/rate-limit',
    imports: [],
    never: ['processes', 'training'],
  },
  {
    path: 'libs/api-keys',
    imports: [],
    never: ['framework', 'redis', 'files', 'network', 'processes', 'training'],
  },
  {
    path: 'libs/evaluation',
    imports: ['model'],
    never: ['framework', 'redis', 'files', 'network', 'processes', 'training'],
  },
  {
    path: 'libs/training',
    imports: ['model', 'evaluation'],
    never: ['framework', 'redis', 'files', 'network', 'processes'],
  },
  {
    path: 'libs/model-import',
    imports: ['model'],
    never: ['framework', 'redis', 'files', 'network', 'processes', 'training'],
  },
  {
    path: 'libs/conformance',
    imports: [],
    never: ['framework', 'redis', 'files', 'processes', 'training'],
  },
  {
    path: 'apps/api',
    imports: ['model', 'model-store', 'inference', 'rate-limit', 'api-keys'],
    never: ['redis', 'training'],
  },
  {
    path: 'apps/cli',
    imports: [
      'model',
      'model-store',
      'evaluation',
      'training',
      'model-import',
      'api-keys',
      'conformance',
    ],
    never: ['framework', 'redis', 'network'],
    starts: { app: 'apps/api', from: 'apps/cli/src/**/serve*.ts' },
  },
];
