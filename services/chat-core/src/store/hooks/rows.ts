import type { EventKind } from '@partyline/protocol';

/** An event that the receiver would not take, and that was passed over. */
export type Refusal = {
  readonly room: string;
  readonly seq: number;
  readonly at: number;
  readonly error: string;
};

/** A URL that is told what is said. */
export type HookRow = {
  readonly hook: string;
  readonly url: string;
  /** What its messages are signed with: `whsec_` and the key in base64. */
  readonly secret: string;
  /** Rooms by name, or `EVERY_PUBLIC_ROOM`. */
  readonly rooms: readonly string[];
  readonly kinds: readonly EventKind[];
  readonly createdAt: number;
  /** Since when nothing reached it; null when the last try did. */
  readonly failingSince: number | null;
  /** Why the last try that failed did. */
  readonly error: string | null;
  /** When it was given up, or switched off; null while it is called. */
  readonly disabledAt: number | null;
  /** Events that were passed over, and the last of them. */
  readonly refusals: number;
  readonly lastRefusal: Refusal | null;
};

/** How far a hook was told a room's log. */
export type HookCursorRow = {
  readonly room: string;
  readonly hook: string;
  /** The last event that it was told, or that it need not be told. */
  readonly seq: number;
};
