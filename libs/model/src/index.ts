export type {
  AffineStep,
  Artifact,
  ArtifactContent,
  ClassLabel,
  Feature,
  LinearModel,
  Metrics,
  PreprocessingStep,
  ProbabilityRule,
  Provenance,
  SourceFile,
  StandardizeStep,
  Verification,
  VerificationCase,
} from './artifact';
export { ArtifactError } from './artifact.error';
export { Classifier } from './classifier';
export { compileArtifact } from './compile-artifact';
export { formatArtifact } from './format-artifact';
export { parseArtifact } from './parse-artifact';
export { sealArtifact } from './seal-artifact';
