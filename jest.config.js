/** Unit tests beside the code, everything else under test/. One SWC transform, the same as the build's. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts', '<rootDir>/test/*-spec.ts'],
  // The first boot of the application, with nothing cached, takes seconds on a busy machine.
  testTimeout: 30_000,
  // These are ESM only; Jest's CommonJS runtime cannot require them untransformed.
  transform: { '^.+\\.[jt]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/|@redocly/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  collectCoverageFrom: ['libs/*/src/**/*.ts', 'apps/api/src/**/*.ts'],
  coverageThreshold: { './libs/': { lines: 95 } },
};
