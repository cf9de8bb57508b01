/** Why a value lies outside of what is known of the training rows. */
export type OutsideType = 'missing' | 'unseen' | 'below_range' | 'above_range';

/** A way to lie outside, with words for whoever sent the value; they hold nothing of it. */
export interface Outside {
  readonly type: OutsideType;
  readonly message: string;
}

export const MISSING: Outside = {
  type: 'missing',
  message: 'Value is missing, but was in none of the training rows',
};

export const UNSEEN: Outside = {
  type: 'unseen',
  message: 'Value is none of those of the training rows',
};

/** The two ways to lie outside of a range. */
export function outsideRange(
  least: number,
  greatest: number,
): { readonly below: Outside; readonly above: Outside } {
  const range = `of the training rows, which go from ${least} to ${greatest}`;
  return {
    below: { type: 'below_range', message: `Value is below those ${range}` },
    above: { type: 'above_range', message: `Value is above those ${range}` },
  };
}
