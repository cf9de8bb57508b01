import type { ClassOutputSpec } from '@inferserve/model';

/** What can become of the scores of a linear classifier; none of these has settings that must be stated. */
export type LinearOutput = Extract<
  ClassOutputSpec['type'],
  'softmax' | 'sigmoid' | 'softmax-symmetric' | 'ovr-normalized' | 'modified-huber' | 'scores-only'
>;
