import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Artifact, formatArtifact } from '@inferserve/model';

/** A folder of models for ARTIFACTS_DIR. */
export class ModelFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'inferserve-models-'));

  /** Stores an artifact and returns the variables that serve it. */
  put(artifact: Artifact): Readonly<Record<string, string>> {
    const { name, version } = artifact;
    const folder = join(this.path, name, version);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'model.json'), formatArtifact(artifact));
    return { ARTIFACTS_DIR: this.path, MODEL_NAME: name, MODEL_VERSION: version };
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
