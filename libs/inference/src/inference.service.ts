import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import {
  type Artifact,
  ArtifactError,
  type Classifier,
  compileArtifact,
  parseArtifact,
} from '@inferserve/model';
import { FolderModelStore, ModelStoreError } from '@inferserve/model-store';
import { INFERENCE_OPTIONS } from './inference.module-definition';
import type { InferenceOptions } from './inference-options';
import { ModelLoadError } from './model-load.error';

/** Values by feature name: exactly the model's features, all finite. */
export type FeatureRecord = Readonly<Record<string, number>>;

/** Holds the one model of this process: read, checked and compiled before the port opens. */
@Injectable()
export class InferenceService implements OnModuleInit {
  private readonly logger = new Logger('Inference');
  private loaded?: {
    readonly artifact: Artifact;
    readonly classifier: Classifier;
    readonly row: Float64Array;
  };

  constructor(@Inject(INFERENCE_OPTIONS) private readonly options: InferenceOptions) {}

  /** @throws ModelLoadError that names the file, the place in it and the cure */
  async onModuleInit(): Promise<void> {
    const { path, text } = await this.readArtifact().catch((cause: unknown) => {
      if (!(cause instanceof ModelStoreError)) throw cause;
      throw new ModelLoadError(cause.message, { cause });
    });
    try {
      const artifact = parseArtifact(text);
      const classifier = compileArtifact(artifact);
      const row = new Float64Array(classifier.featureNames.length);
      this.loaded = { artifact, classifier, row };
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
      throw new ModelLoadError(`${path}: ${error.message}`, { cause: error });
    }
    const { name, version, contentHash } = this.artifact;
    this.logger.log(`Model ${name} version ${version} (${contentHash}) verified`);
  }

  /** What is served: names, ranges, metrics, provenance. */
  get artifact(): Artifact {
    return this.model.artifact;
  }

  /** Index into the artifact's `classes` of the class with the highest score. */
  classify(features: FeatureRecord): number {
    return this.model.classifier.classify(this.rowOf(features));
  }

  /** Probabilities in the order of the artifact's `classes`; `undefined` for a model that has none. */
  probabilities(features: FeatureRecord): Float64Array | undefined {
    return this.model.classifier.probabilities(this.rowOf(features));
  }

  /** Whether the model still gives the answer of its first verification case. */
  scores(): boolean {
    if (!this.loaded) return false;
    const { artifact, classifier } = this.loaded;
    const { input, label } = artifact.verification.cases[0]!;
    return classifier.classes[classifier.classify(input)] === label;
  }

  private async readArtifact(): Promise<{ readonly path: string; readonly text: string }> {
    const { artifactsDir, modelName, modelVersion } = this.options;
    const store = new FolderModelStore(artifactsDir);
    const reference = await store.resolve(modelName, modelVersion);
    const { ignored } = await store.versions(modelName);
    if (ignored.length > 0) {
      const folders = ignored.map(({ folder, reason }) => `"${folder}" ${reason}`);
      this.logger.warn(`Ignored in the folder of model ${modelName}: ${folders.join('; ')}`);
    }
    return { path: reference.location, text: await store.read(reference) };
  }

  private rowOf(features: FeatureRecord): Float64Array {
    const { classifier, row } = this.model;
    for (let j = 0; j < row.length; j++) row[j] = features[classifier.featureNames[j]!]!;
    return row;
  }

  private get model(): NonNullable<typeof this.loaded> {
    if (!this.loaded) throw new ModelLoadError('The model is not loaded yet');
    return this.loaded;
  }
}
