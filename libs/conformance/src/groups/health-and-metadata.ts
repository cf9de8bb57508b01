import type { ConformanceGroup } from '../conformance-check';
import { CheckSkipped } from '../check-skipped.error';
import { expectEqual, expectError, expectStatus, expectTrue } from '../expect-answer';
import { DATATYPES, type TensorDescription } from '../tensors';

/** Probes, metadata, and what is not there. */
export const healthAndMetadata: ConformanceGroup = {
  title: 'Health and metadata',
  checks: [
    {
      id: '1',
      title: 'GET /v2/health/live is 200 {"live": true}',
      level: 'must',
      async run(target) {
        const answer = await target.get('/v2/health/live');
        expectStatus(answer, 200);
        expectEqual('live', answer.json['live'], true);
      },
    },
    {
      id: '2',
      title: 'GET /v2/health/ready is 200 {"ready": true}',
      level: 'must',
      async run(target) {
        const answer = await target.get('/v2/health/ready');
        expectStatus(answer, 200);
        expectEqual('ready', answer.json['ready'], true);
      },
    },
    {
      id: '4a',
      title: 'a served model is ready: 200 with its name',
      level: 'must',
      async run(target) {
        const answer = await target.get(`${target.path}/ready`);
        expectStatus(answer, 200);
        expectEqual('name', answer.json['name'], target.model);
        expectEqual('ready', answer.json['ready'], true);
      },
    },
    {
      id: '4b',
      title: 'an unknown model and an unknown version are not ready: 404',
      level: 'must',
      async run(target) {
        expectStatus(await target.get('/v2/models/no-such-model-here/ready'), 404);
        expectStatus(await target.get(`${target.path}/versions/no-such-version/ready`), 404);
      },
    },
    {
      id: '5',
      title: 'GET /v2 and GET /v2/ answer alike',
      level: 'should',
      async run(target) {
        const [plain, slash] = [await target.get('/v2'), await target.get('/v2/')];
        expectStatus(plain, 200);
        expectStatus(slash, 200);
        expectEqual('/v2/', slash.json, plain.json);
      },
    },
    {
      id: '6',
      title: 'server metadata has name, version and extensions',
      level: 'must',
      async run(target) {
        const { name, version, extensions } = (await target.get('/v2')).json;
        expectTrue(typeof name === 'string', 'name should be a string');
        expectTrue(typeof version === 'string', 'version should be a string');
        expectTrue(
          Array.isArray(extensions) && extensions.every((each) => typeof each === 'string'),
          'extensions should be a list of strings',
        );
      },
    },
    {
      id: '7',
      title: 'model metadata describes inputs and outputs, -1 for the number of rows',
      level: 'must',
      async run(target) {
        const answer = await target.get(target.path);
        expectStatus(answer, 200);
        const { name, platform, inputs, outputs } = answer.json;
        expectEqual('name', name, target.model);
        expectTrue(typeof platform === 'string', 'platform should be a string');
        for (const [what, list] of [
          ['inputs', inputs],
          ['outputs', outputs],
        ] as const) {
          expectTrue(Array.isArray(list) && list.length > 0, `${what} should list tensors`);
          for (const tensor of list as readonly Partial<TensorDescription>[]) {
            expectTrue(typeof tensor.name === 'string', `${what}: name should be a string`);
            expectTrue(DATATYPES.has(String(tensor.datatype)), `${what}: unknown datatype`);
            expectTrue(
              Array.isArray(tensor.shape) && tensor.shape.every(Number.isInteger),
              `${what}: shape should be a list of integers`,
            );
            expectEqual(`${what}: first dimension of ${tensor.name}`, tensor.shape[0], -1);
          }
        }
      },
    },
    {
      id: '7b',
      title: 'metadata and readiness of a version',
      level: 'must',
      async run(target) {
        if (target.version === undefined) throw new CheckSkipped('the server has no versions');
        const path = `${target.path}/versions/${encodeURIComponent(target.version)}`;
        expectEqual('metadata', (await target.get(path)).json['name'], target.model);
        expectStatus(await target.get(`${path}/ready`), 200);
      },
    },
    {
      id: '8a',
      title: 'a method that a route does not have: 405 {"error"}',
      level: 'should',
      async run(target) {
        expectError(await target.get(`${target.path}/infer`), 405);
        expectError(await target.client.send('DELETE', '/v2'), 405);
      },
    },
    {
      id: '8b',
      title: 'an unknown route: 404 {"error"}',
      level: 'should',
      async run(target) {
        expectError(await target.get('/v2/no-such-route'), 404);
        expectError(await target.get(`${target.path}/no-such-route`), 404);
      },
    },
    {
      id: '40',
      title: 'inference by an unknown model: 404 {"error"}',
      level: 'must',
      async run(target) {
        const path = '/v2/models/no-such-model-here/infer';
        expectError(await target.infer(target.request(), undefined, path), 404);
        expectError(await target.get('/v2/models/no-such-model-here'), 404);
      },
    },
    {
      id: '41',
      title: 'inference by an unknown version: 404 {"error"}',
      level: 'must',
      async run(target) {
        const path = `${target.path}/versions/no-such-version/infer`;
        expectError(await target.infer(target.request(), undefined, path), 404);
      },
    },
  ],
};
