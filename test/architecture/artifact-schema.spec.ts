import { readFileSync, writeFileSync } from 'node:fs';
import { artifactJsonSchema } from '../support/artifact-json-schema';

const PATH = 'docs/artifact.schema.json';

describe('the published JSON Schema of artifacts', () => {
  test('is what the server checks by; UPDATE_GENERATED=1 writes it anew', () => {
    const schema = artifactJsonSchema();
    // oxlint-disable-next-line node/no-process-env -- the switch of this spec
    if (process.env.UPDATE_GENERATED === '1') writeFileSync(PATH, schema);
    expect(readFileSync(PATH, 'utf8')).toBe(schema);
  });
});
