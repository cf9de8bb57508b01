import type { UpdateResult } from '@inferserve/inference';

/** What a process can be told to do with its models; `report` changes nothing. */
export type ModelCommand =
  { readonly do: 'update' | 'report' } | { readonly do: 'load' | 'unload'; readonly name: string };

/** What came of a command in one process. */
export interface CommandOutcome {
  readonly pid: number;
  /** Whether an `unload` found something to unload, and whether nothing that had to be loaded was rejected. */
  readonly isDone: boolean;
  readonly results: readonly UpdateResult[];
  /** What the process serves afterwards, as `name@version hash`, sorted. */
  readonly serves: readonly string[];
}
