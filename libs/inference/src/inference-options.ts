/** Which model to serve: `<artifactsDir>/<modelName>/<modelVersion>/model.json`, the newest version if none is named. */
export interface InferenceOptions {
  readonly artifactsDir: string;
  readonly modelName: string;
  readonly modelVersion?: string;
}
