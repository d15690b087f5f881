/** Who may make rooms. */
export const roomCreations = ['everyone', 'accounts', 'operator'] as const;
export type RoomCreation = (typeof roomCreations)[number];

/** What an operator can set of what is decided. */
export type Rules = {
  /** An instance that was not heard of for so long is over, and its sessions with it. */
  readonly leaseMs: number;
  /** A connection that vanished has so long to resume before others see it leave. */
  readonly graceMs: number;
  /** An ended session can be resumed for so long. */
  readonly resumeMs: number;
  /** How often a watched name is looked up, unless who watches says otherwise. */
  readonly watchMs: number;
  /** Who may make a room by joining it. */
  readonly roomCreation: RoomCreation;
  /** Signs tickets for uploads: the bus's secret, by which http-static knows them. */
  readonly ticketKey: string;
};
