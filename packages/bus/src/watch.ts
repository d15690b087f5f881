import type { Sent } from './publisher.ts';

/** What waits to be published. */
export type Waiting = {
  readonly publishes: number;
  readonly bytes: number;
  /** More than can be sent: nothing more is to be read from clients. */
  readonly congested: boolean;
};

/** Who measures a bus is told this. */
export interface BusWatch {
  /** How to read what waits; told once. */
  waiting(read: () => Waiting): void;
  /** The stream began, or broke. */
  state(state: 'up' | 'down'): void;
  /** A batch was sent once. */
  sent(outcome: Sent['type']): void;
  /** A batch has its outcomes, so long after its first publish. */
  published(seconds: number): void;
  /** The stream brought events; the first was committed so long ago, by the clocks of both machines. */
  heard(events: number, ageSeconds: number): void;
}
