/** What all tests share: one SWC transform, the same as the build's. */
const base = {
  testEnvironment: 'node',
  // These are ESM only; Jest's CommonJS runtime cannot require them untransformed.
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/|@redocly/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** The kinds of test, by the suffix of their files; CONTRIBUTING.md explains each. */
const KINDS = {
  // Beside the code, and the specs of the workspace itself. No build, no service, no waiting.
  unit: ['<rootDir>/{apps,libs}/**/*.spec.ts', '<rootDir>/test/*/*.spec.ts'],
  e2e: ['<rootDir>/test/*.e2e-spec.ts', '<rootDir>/test/{import,dashboard}-spec.ts'],
  // The built application as a process.
  process: ['<rootDir>/test/process-spec.ts', '<rootDir>/test/*.process-spec.ts'],
  // With a real redis-server.
  redis: ['<rootDir>/test/*.redis-spec.ts'],
  // What takes long: faults, generated inputs, load.
  fault: ['<rootDir>/test/*.fault-spec.ts'],
  fuzz: ['<rootDir>/test/*.fuzz-spec.ts'],
  soak: ['<rootDir>/test/*.soak-spec.ts'],
};

module.exports = {
  // The first boot of the application, with nothing cached, takes seconds on a busy machine.
  testTimeout: 30_000,
  projects: [
    ...Object.entries(KINDS).map(([displayName, testMatch]) => ({
      ...base,
      displayName,
      testMatch,
    })),
    // The same again without the fast path: it must not be told apart from outside.
    {
      ...base,
      displayName: 'e2e-plain',
      testMatch: ['<rootDir>/test/*.e2e-spec.ts'],
      setupFiles: ['<rootDir>/test/support/without-fast-path.ts'],
    },
  ],
  collectCoverageFrom: ['libs/*/src/**/*.ts', 'apps/api/src/**/*.ts'],
  coverageThreshold: { './libs/': { lines: 95 } },
};
