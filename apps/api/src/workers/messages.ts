/** What workers are told and ask each other about. */
export type Topic = 'models' | 'metrics' | 'signals';

/** From a primary to a worker that takes part in a topic; `id` relates a question and its answers. */
export type ToWorker<Question = unknown, Answer = unknown> = { readonly topic: Topic } & (
  | { readonly id: number; readonly question: Question }
  | { readonly id: number; readonly round: Round<Answer> }
  /** It takes part from now on, and has missed these. */
  | { readonly missed: readonly Question[] }
);

/** From a worker that wants to take part in a topic, has a question for all that do, or answers one. */
export type ToPrimary<Question = unknown, Answer = unknown> = { readonly topic: Topic } & (
  | { readonly id: number; readonly question: Question }
  | { readonly id: number; readonly answer?: Answer }
  | { readonly joins: true }
);

/** What came of a question to all workers. */
export interface Round<Answer> {
  readonly answers: readonly Answer[];
  /** How many are alive and did not answer in time. */
  readonly silent: number;
}
