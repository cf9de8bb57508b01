/** What all tests share: one SWC transform, the same as the build's. */
const base = {
  testEnvironment: 'node',
  // These are ESM only; Jest's CommonJS runtime cannot require them untransformed.
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/|@redocly/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** For tests whose outcome also depends on what else the machine does. */
const retried = { setupFilesAfterEnv: ['<rootDir>/test/support/retry-on-ci.ts'] };

/** The kinds of test by the suffix of their files; each is a project of Jest, and CONTRIBUTING.md explains it. */
const KINDS = {
  // Beside the code, and the checks of the workspace itself. No build, no service, no waiting.
  unit: ['<rootDir>/{apps,libs}/**/*.spec.ts', '<rootDir>/test/{architecture,deploy}/*.spec.ts'],
  // The real application inside of Jest, or as a process that is asked over HTTP.
  e2e: [
    '<rootDir>/test/*.e2e-spec.ts',
    '<rootDir>/test/{import,import-tabular,dashboard,heap-flags}-spec.ts',
  ],
  // The built programs: start, stop, signals, files that they write.
  process: ['<rootDir>/test/{process-spec,*.process-spec}.ts'],
  // With a real redis-server.
  integration: ['<rootDir>/test/*.redis-spec.ts'],
  // What waits, breaks things or repeats; not part of `npm test`.
  fault: ['<rootDir>/test/*.fault-spec.ts'],
  // Generated inputs; the hostile ones run among the e2e tests too, in a smaller number.
  fuzz: ['<rootDir>/test/*.fuzz-spec.ts', '<rootDir>/test/hostile.e2e-spec.ts'],
};

module.exports = {
  // The first boot of the application, with nothing cached, takes seconds on a busy machine.
  testTimeout: 30_000,
  projects: [
    ...Object.entries(KINDS).map(([displayName, testMatch]) => ({
      ...base,
      displayName,
      testMatch,
      ...(displayName !== 'unit' && retried),
    })),
    // The same again without the fast path: it must not be told apart from outside.
    {
      ...base,
      displayName: 'e2e-plain',
      testMatch: ['<rootDir>/test/*.e2e-spec.ts'],
      // These ask for a path by themselves, or for none, or are about the command line.
      testPathIgnorePatterns: [
        '/fast-path\\.e2e-spec',
        '/limit-guard\\.e2e-spec',
        '/conform\\.e2e-spec',
        // What a browser shows does not come by the fast path.
        '/(page-form|page-figures|browser)\\.e2e-spec',
      ],
      setupFiles: ['<rootDir>/test/support/without-fast-path.ts'],
      ...retried,
    },
  ],
  // Each project takes the specs of the others for sources; an index only exports.
  collectCoverageFrom: ['libs/*/src/**/*.ts', 'apps/api/src/**/*.ts', '!**/{*.spec,index}.ts'],
  coverageThreshold: { './libs/': { lines: 95 } },
};
