import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { formatArtifact, sealArtifact } from '@inferserve/model';
import { InferenceService } from './inference.service';

let directory: string;
const warnings: string[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'inference-'));
  warnings.length = 0;
  jest.spyOn(Logger.prototype, 'log').mockImplementation();
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((text: string) => {
    warnings.push(text);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

function put(folder: string, version = folder): void {
  const artifact = sealArtifact({
    name: 'm',
    version,
    input: { features: [{ name: 'a' }] },
    preprocessing: [],
    classes: [0, 1],
    model: { type: 'linear', coefficients: [[1]], intercepts: [0], probability: 'sigmoid' },
    verification: { tolerance: 1e-12, cases: [{ input: [1], label: 1 }] },
    provenance: { source: 'imported' },
  });
  mkdirSync(join(directory, 'm', folder), { recursive: true });
  writeFileSync(join(directory, 'm', folder, 'model.json'), formatArtifact(artifact));
}

async function load(modelVersion?: string): Promise<string> {
  const service = new InferenceService({ artifactsDir: directory, modelName: 'm', modelVersion });
  await service.onModuleInit();
  return service.artifact.version;
}

describe('InferenceService', () => {
  it('serves the newest release and says once what it ignored', async () => {
    put('2');
    put('2.bak');
    put('3.0-rc1');
    mkdirSync(join(directory, 'm', 'lost+found'));
    expect(await load()).toBe('2');
    expect(warnings).toEqual([
      'Ignored in the folder of model m: "2.bak" is not a version; "lost+found" is not a version',
    ]);
  });

  it('serves the version that is asked for, through a link', async () => {
    put('stored', '1');
    put('2');
    symlinkSync('stored', join(directory, 'm', '1'));
    expect(await load('1')).toBe('1');
  });

  it('fails where there is no such model or version, with the cause', async () => {
    await expect(load()).rejects.toMatchObject({
      name: 'ModelLoadError',
      message: expect.stringContaining(`${join(directory, 'm')}: cannot be read. Set MODEL_NAME`),
      cause: expect.objectContaining({ name: 'ModelStoreError' }),
    });
    put('1');
    await expect(load('9')).rejects.toThrow(/m\/9\/model\.json: cannot be read\..* there: 1\./);
  });
});
