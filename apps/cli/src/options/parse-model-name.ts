import { InvalidArgumentError } from 'commander';
import { isModelName, MODEL_NAME_RULE } from '@inferserve/model-store';

/** @throws InvalidArgumentError for a text that may not name a model */
export function parseModelName(text: string): string {
  if (isModelName(text)) return text;
  throw new InvalidArgumentError(`It is not a model name. ${MODEL_NAME_RULE}.`);
}
