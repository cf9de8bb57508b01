import type { ServedModel } from '@inferserve/inference';

/** What a page is made from. */
export interface PageModel {
  readonly model: ServedModel;
  /** Relative address of the server's root, with a slash at its end unless empty. */
  readonly root: string;
  /** Relative address to which rows are sent. */
  readonly predictUrl: string;
  /** What answers can add, as `?include=` names it. */
  readonly include: readonly string[];
  /** What the server answers to the example, with all of that. */
  readonly exampleAnswer: object;
  /** All models that are served, each with the versions of it. */
  readonly models: ReadonlyMap<string, readonly string[]>;
  /** Whether requests can be sent with a key. */
  readonly hasKeys: boolean;
}
