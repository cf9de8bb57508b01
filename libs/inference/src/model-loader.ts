import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Artifact, ArtifactError, parseArtifact } from '@inferserve/model';
import { type ModelReference, ModelStoreError } from '@inferserve/model-store';
import { INFERENCE_OPTIONS } from './inference.module-definition';
import type { InferenceOptions, RequestedModel } from './inference-options';
import { ModelLoadError } from './model-load.error';
import { ServedModel } from './served-model';

/** Makes served models out of what the store holds. */
@Injectable()
export class ModelLoader {
  private readonly logger = new Logger('Inference');

  constructor(@Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions) {}

  /**
   * Reads, checks, compiles and verifies a model.
   * @param current returned where the store still holds the same
   * @throws ModelLoadError that names the file, the path in it and the remedy
   */
  async load({ name, version }: RequestedModel, current?: ServedModel): Promise<ServedModel> {
    const { store } = this.options;
    const reference = await store.resolve(name, version).catch(asLoadError);
    const text = await store.read(reference).catch(asLoadError);
    try {
      const artifact = parseArtifact(text);
      if (current && isSame(current, reference, artifact)) return current;
      this.compareNames(artifact, reference);
      const model = new ServedModel(artifact, name, reference.version);
      const fault = this.options.faultOf?.(model);
      if (fault !== undefined) throw refusal(reference, fault);
      return model;
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
      throw refusal(reference, error.message, error);
    }
  }

  /** A model is served under the names of its folders: those are what requests and settings refer to. */
  private compareNames(artifact: Artifact, { name, version, location }: ModelReference): void {
    if (artifact.name === name && artifact.version === version) return;
    this.logger.warn(
      `${location}: was made as ${artifact.name} version ${artifact.version}; served as ${name} version ${version}`,
    );
  }
}

function refusal({ location }: ModelReference, reason: string, cause?: unknown): ModelLoadError {
  return new ModelLoadError(`${location}: ${reason}`, { cause, reason });
}

function isSame(
  { version, artifact: { contentHash } }: ServedModel,
  reference: ModelReference,
  artifact: Artifact,
): boolean {
  return version === reference.version && contentHash === artifact.contentHash;
}

function asLoadError(error: unknown): never {
  if (!(error instanceof ModelStoreError)) throw error;
  const { message, problem, remedy } = error;
  throw new ModelLoadError(message, { cause: error, reason: `${problem}. ${remedy}` });
}
