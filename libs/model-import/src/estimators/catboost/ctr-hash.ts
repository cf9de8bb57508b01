const MULTIPLIER = 0x4906ba494954cb65n;

/**
 * The hash under which the statistics of one category stand, from the 32 bits that the category has by itself
 * (`CalcHash` of catboost/libs/model/hash.h).
 */
export function ctrHash(category: number): bigint {
  const signed = BigInt.asUintN(64, BigInt(category | 0));
  return BigInt.asUintN(64, MULTIPLIER * BigInt.asUintN(64, MULTIPLIER * signed));
}
