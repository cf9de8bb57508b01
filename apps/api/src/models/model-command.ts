import type { TrafficCounts, UpdateResult } from '@inferserve/inference';

/** What a process can be told to do with its models; `report` and `traffic` change nothing. */
export type ModelCommand =
  | { readonly do: 'update' | 'report' | 'traffic' }
  | { readonly do: 'load'; readonly name: string; readonly version?: string }
  | { readonly do: 'unload'; readonly name: string };

/** What came of a command in one process. */
export interface CommandOutcome {
  readonly pid: number;
  /** Whether an `unload` found something to unload, and whether nothing that had to be loaded was rejected. */
  readonly isDone: boolean;
  readonly results: readonly UpdateResult[];
  /** What the process serves afterwards, as `name@version hash`, sorted. */
  readonly serves: readonly string[];
  /** For `traffic` only: what was counted for each model, named as in `serves`. */
  readonly traffic?: readonly { readonly model: string; readonly counts: TrafficCounts }[];
}
