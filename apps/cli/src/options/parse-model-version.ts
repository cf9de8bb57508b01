import { InvalidArgumentError } from 'commander';
import { isModelVersion, MODEL_VERSION_RULE } from '@inferserve/model-store';

/** @throws InvalidArgumentError for a text that has no place in the order of versions */
export function parseModelVersion(text: string): string {
  if (isModelVersion(text)) return text;
  throw new InvalidArgumentError(`It is not a version. ${MODEL_VERSION_RULE}.`);
}
