import { inferserve } from '../inferserve';
import { RecordingTerminal } from '../terminal/recording-terminal';

const IRIS = 'artifacts/iris/1/model.json';

test.each([
  ['gs://bucket/m.joblib', 'import gs://bucket/m.joblib --name x'],
  ['s3://bucket/m', 'serve s3://bucket/m'],
  ['https://host/m.joblib', 'serve https://host/m.joblib'],
  ['models:/churn/1', 'serve models:/churn/1'],
  ['hf://a/b', 'inspect hf://a/b'],
  ['models:/churn/1', 'inspect models:/churn/1'],
  ['s3://bucket', 'verify s3://bucket'],
  ['s3://bucket/m', 'predict s3://bucket/m rows.csv'],
  ['s3://bucket/rows.csv', `predict ${IRIS} s3://bucket/rows.csv`],
  ['file:///tmp/rows.csv', `serve ${IRIS} --baseline file:///tmp/rows.csv`],
  ['s3://bucket/models', 'verify iris --artifacts-dir s3://bucket/models'],
  ['https://host/m', 'inspect https://user:secret@host/m?signature=secret'],
])('%s is named as an address, with the way out: %s', async (address, command) => {
  const terminal = new RecordingTerminal();
  expect(await inferserve(command.split(' '), terminal)).toBe(2);
  expect(terminal.err).toContain(
    `inferserve: ${address} is an address, which cannot be read here: copy the file or folder here first, `,
  );
  expect(terminal.err).not.toContain('secret');
  expect(terminal.err).not.toContain('ENOENT');
});

test.each(['C:/models/m.joblib', 'nothing.joblib', './s3:/m.joblib'])(
  '%s is a path',
  async (path) => {
    const terminal = new RecordingTerminal();
    expect(await inferserve(['inspect', path], terminal)).toBe(1);
    expect(terminal.err).toContain(`inferserve: cannot read ${path} (ENOENT`);
  },
);
