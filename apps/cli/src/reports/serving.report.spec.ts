import { servingReport } from './serving.report';

const stored = { name: 'churn', version: '2', newest: '2', artifactsDir: 'artifacts' };

describe('servingReport', () => {
  it('leaves the default directory out', () => {
    expect(servingReport(stored)).toBe(
      'Version 2 is now the newest. Serve it: MODEL_NAME=churn npm start\n',
    );
  });

  it('quotes a directory for the shell', () => {
    expect(servingReport({ ...stored, artifactsDir: "/my models/o'b" })).toContain(
      String.raw`Serve it: ARTIFACTS_DIR='/my models/o'\''b' MODEL_NAME=churn npm start`,
    );
  });

  it('speaks of a pre-release that is alone', () => {
    expect(servingReport({ ...stored, version: '1.0-rc1', newest: undefined })).toBe(
      'Version 1.0-rc1 is a pre-release, which is served only by name.\n' +
        'Serve version 1.0-rc1: MODEL_NAME=churn MODEL_VERSION=1.0-rc1 npm start\n',
    );
  });
});
