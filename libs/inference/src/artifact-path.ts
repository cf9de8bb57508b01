import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceOptions } from './inference-options';
import { ModelLoadError } from './model-load.error';

const byVersion = new Intl.Collator('en', { numeric: true });

/**
 * Path of the artifact that the options name; versions compare as numbers do, so 10 is newer than 9.
 * @throws ModelLoadError where there is no such model
 */
export async function artifactPath(options: InferenceOptions): Promise<string> {
  const { artifactsDir, modelName, modelVersion } = options;
  const folder = join(artifactsDir, modelName);
  const version = modelVersion ?? (await newestVersion(folder));
  return join(folder, version, 'model.json');
}

async function newestVersion(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new ModelLoadError(
      `${folder}: cannot be read. Set MODEL_NAME to a folder of ARTIFACTS_DIR, or make the model: npm run train`,
      { cause },
    );
  });
  const versions = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const newest = versions.sort(byVersion.compare).at(-1);
  if (newest === undefined) {
    throw new ModelLoadError(`${folder}: holds no version. Make the model: npm run train`);
  }
  return newest;
}
