/** What a file is, in words for messages: completes "… is ". */
export interface FileKind {
  /** `a PyTorch checkpoint`, `a table of text (CSV)`, … */
  readonly what: string;
  /** What to do instead, as a full sentence. */
  readonly remedy: string;
}
