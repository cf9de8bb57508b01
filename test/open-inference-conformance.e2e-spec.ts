import {
  CheckSkipped,
  CONFORMANCE_GROUPS,
  type ConformanceTarget,
  findTarget,
  ProtocolClient,
  runConformance,
} from '@inferserve/conformance';
import type { Artifact } from '@inferserve/model';
import { ModelFolder } from './support/model-folder';
import { doubleArtifact } from './support/served-models';
import { type Api, startApi } from './support/start-api';
import { mixedArtifact, mixedInputs } from './support/mixed-model';

const CHECKS = CONFORMANCE_GROUPS.flatMap(({ title: group, checks }) =>
  checks.map((check) => ({ ...check, group })),
);
/** What cannot apply to a model with one tensor of numbers. */
const SKIPPED = ['50'];

describe('the Open Inference Protocol, check by check', () => {
  let api: Api;
  let client: ProtocolClient;
  let target: ConformanceTarget;
  beforeAll(async () => {
    api = await startApi({ RATE_LIMIT: '10000' });
    client = new ProtocolClient(api.url);
    target = await findTarget(client);
  });
  afterAll(async () => {
    client.close();
    await api.close();
  });

  test.each(CHECKS)('$group $id: $title', async ({ id, run }) => {
    if (SKIPPED.includes(id)) await expect(run(target)).rejects.toThrow(CheckSkipped);
    else await run(target);
  });

  test('nothing of it was a 5xx in the log', () => {
    const failures = api.logLines.filter((line) => /"status":5\d\d|"level":50/.test(line));
    expect(failures).toEqual([]);
  });
});

describe('other kinds of model', () => {
  const folder = new ModelFolder();
  let api: Api;
  afterEach(() => api.close());
  afterAll(() => folder.remove());

  const skippedOf = async (
    artifact: Artifact,
    options: Parameters<typeof findTarget>[1] = {},
  ): Promise<readonly string[]> => {
    api = await startApi({ RATE_LIMIT: '10000', ...folder.put(artifact) });
    const client = new ProtocolClient(api.url);
    const { results, conforms } = await runConformance(await findTarget(client, options));
    client.close();
    const failed = results.filter(({ outcome }) => outcome === 'failed');
    expect(failed).toEqual([]);
    expect(conforms).toBe(true);
    return results.filter(({ outcome }) => outcome === 'skipped').map(({ id }) => id);
  };

  test('a regressor', async () => {
    // One column: no input has several.
    expect(await skippedOf(doubleArtifact())).toEqual(['31', '32', '50']);
  });

  test('a model of numbers, categories and booleans, one tensor for each', async () => {
    const skipped = await skippedOf(mixedArtifact(), { inputs: mixedInputs() });
    // Another row cannot be made up where a category knows few values.
    expect(skipped).toEqual(['20', '31', '32', '58']);
  });
});
