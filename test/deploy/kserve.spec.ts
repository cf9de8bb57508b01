import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { APPLICATION } from './application';
import { type InferenceService, kserveFaults, type ServingRuntime } from './kserve-rules';

const read = (name: string): unknown => parse(readFileSync(`deploy/kserve/${name}.yaml`, 'utf8'));

describe('the manifests of deploy/kserve', () => {
  const runtime = () => read('runtime') as ServingRuntime;
  const service = () => read('inference-service') as InferenceService;

  test('keep the rules', () => {
    expect(kserveFaults(runtime(), service(), APPLICATION)).toEqual([]);
  });

  test('belong to versions of KServe that know them', () => {
    expect([runtime().apiVersion, runtime().kind]).toEqual([
      'serving.kserve.io/v1alpha1',
      'ClusterServingRuntime',
    ]);
    expect([service().apiVersion, service().kind]).toEqual([
      'serving.kserve.io/v1beta1',
      'InferenceService',
    ]);
  });

  type Change = readonly [from: string, to: string, fault: RegExp];
  test.each<Change>([
    ['"kserve-container"', '"api"', /kserve-container/],
    ['"containerPort":8000', '"containerPort":8080', /port is 8080/],
    ['"SHUTDOWN_DELAY_SECONDS"', '"PORT"', /reserves PORT/],
    ['"/mnt/models"', '"/models"', /\/mnt\/models/],
    ['"{{.Name}}"', '"iris"', /name of its service/],
    ['"v1,v2"', '"v2"', /lacks v1/],
    ['"/health/ready"', '"/ready"', /no route/],
    ['"RATE_LIMIT"', '"RATE"', /RATE is no setting/],
    ['"value":"10"', '"value":"30"', /grace/],
    ['"readOnlyRootFilesystem":true', '"readOnlyRootFilesystem":false', /not restricted/],
    ['"runAsNonRoot":true', '"runAsNonRoot":false', /may be root/],
    ['"name":"sklearn"', '"name":"other"', /no runtime for the format/],
  ])('%s in place of %s is noticed', (from, to, fault) => {
    const text = JSON.stringify(runtime());
    expect(text).toContain(from);
    const changed = JSON.parse(text.replace(from, to)) as ServingRuntime;
    expect(kserveFaults(changed, service(), APPLICATION)).toContainEqual(
      expect.stringMatching(fault),
    );
  });
});
