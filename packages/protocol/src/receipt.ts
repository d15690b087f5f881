import type { Problem } from './problem.ts';

/** A room as one session stands in it. */
export type RoomState = {
  readonly room: string;
  /** The number of the room's last event. */
  readonly seq: number;
  /** The room's last event when this session came in: its cursor until it has seen more. */
  readonly since: number;
  /** People in the room. */
  readonly members: number;
  readonly topic?: string;
};

/** What a durable publish came to, by the command's type. */
export type Receipt = { readonly id: string } & (
  | {
      readonly type: 'opened';
      readonly session: string;
      readonly nick: string;
      readonly account?: string;
      /** Of the log: cursors hold only within it. */
      readonly epoch: string;
      /** People online. */
      readonly online: number;
      readonly rooms: readonly RoomState[];
    }
  | {
      /** An event was appended (or had been, when the publish is a repeat). */
      readonly type: 'published';
      readonly room: string;
      readonly seq: number;
      readonly at: number;
    }
  | { readonly type: 'joined'; readonly room: RoomState }
  | { readonly type: 'parted'; readonly room: string }
  | { readonly type: 'renamed'; readonly nick: string }
  | { readonly type: 'done' }
);
export type ReceiptOf<T extends Receipt['type']> = Extract<Receipt, { type: T }>;

/** A publish that was not accepted; nothing of it is kept. */
export type Refusal = { readonly id: string; readonly type: 'refused'; readonly problem: Problem };

/** The answer to one envelope. */
export type Outcome = Receipt | Refusal;
