const {
  projects: [{ displayName: _, testMatch: __, ...base }],
} = require('../../jest.config.js');

/** The containers, from outside; the same transform as every other test. */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/stack/*.stack-spec.ts'],
  maxWorkers: 1,
  forceExit: true,
  verbose: true,
  setupFilesAfterEnv: ['<rootDir>/test/support/retry-on-ci.ts'],
  testTimeout: 60_000,
};
