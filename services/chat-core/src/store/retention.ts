/** How long things are kept at most, in milliseconds; 0 is for ever. */
export type Retention = {
  /** What is said in rooms, which may be set to keep less. */
  readonly roomsMs: number;
  /** What is said privately. */
  readonly privateMs: number;
  /** Deeds of moderators and operators. */
  readonly auditMs: number;
};
