/** What a request of the admin API was answered, for when it is sent again. */
export type AnswerRow = {
  /** By whom under which Idempotency-Key, as a hash. */
  readonly key: string;
  /** What was asked, as a hash: another request can't have the same key. */
  readonly request: string;
  /** The answer, sealed with what only the one who asked has: it may hold a secret. */
  readonly sealed: string;
  /** When it is forgotten, in milliseconds since the Unix epoch. */
  readonly until: number;
};
