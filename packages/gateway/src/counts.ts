/** What a gateway counts. Plain numbers, since they change with every message. */
export type Counts = {
  sessions: number;
  catchingUp: number;
  fellBehind: number;
  frames: number;
  publishes: number;
  /** By problem code. */
  readonly refusals: Map<string, number>;
  deliveries: number;
  writtenBytes: number;
  tooSlow: number;
};

export const zeroCounts = (): Counts => ({
  sessions: 0,
  catchingUp: 0,
  fellBehind: 0,
  frames: 0,
  publishes: 0,
  refusals: new Map(),
  deliveries: 0,
  writtenBytes: 0,
  tooSlow: 0,
});
