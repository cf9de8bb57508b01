/** A tree of a foreign file that is none: which of the ensemble, which node, and what is wrong with it. */
export class TreeStructureError extends Error {
  override readonly name = 'TreeStructureError';

  constructor(
    readonly tree: number,
    readonly node: number,
    readonly problem: string,
  ) {
    super(`node ${node} of tree ${tree} ${problem}`);
  }
}
