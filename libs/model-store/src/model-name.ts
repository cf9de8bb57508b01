import { MODEL_NAME_PATTERN } from '@inferserve/model';

/** The rule of `isModelName` in words, for error messages. */
export const MODEL_NAME_RULE =
  'Use up to 64 lowercase letters, digits and . _ -, beginning with a letter or digit, such as churn';

/** Whether `text` may name a model, and thereby its folder. */
export function isModelName(text: string): boolean {
  return MODEL_NAME_PATTERN.test(text);
}
