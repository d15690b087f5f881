import type { Role } from '@partyline/protocol';

/** What a person is in a room; in `EVERYWHERE`, an operator of the server. */
export type RoleRow = { readonly room: string; readonly person: string; readonly role: Role };

/** Until when a restraint holds, who laid it on, and why. */
type Restraint = {
  /** Null: until it is lifted. */
  readonly until: number | null;
  readonly reason: string;
  /** A nick. */
  readonly by: string;
  readonly at: number;
};

export type MuteRow = Restraint & { readonly room: string; readonly person: string };

export type BanRow = Restraint & {
  readonly room: string;
  /** What is banned in its one spelling: `nick:KEY`, `account:ID`, `address:RANGE`. */
  readonly subject: string;
  /** The same as people write it. */
  readonly who: string;
  /** Who it meant when it was laid on, whatever they are called since. */
  readonly person: string | null;
};

/** When a person last said something in a room with slow mode. */
export type PaceRow = { readonly room: string; readonly person: string; readonly at: number };

/** One deed of a moderator; kept for good. */
export type AuditRow = {
  /** 1, 2, 3 … */
  readonly n: number;
  readonly at: number;
  /** The nick of who did it, and the person behind it. */
  readonly by: string;
  readonly person: string;
  readonly deed: string;
  readonly room: string;
  /** To whom; null when it concerns the room as a whole. */
  readonly target: string | null;
  /** What else there is to know: the role, for how long, how slow. */
  readonly detail: string | null;
  readonly reason: string;
  /** The id of the publish that did it; null when there was none. */
  readonly id: string | null;
  /** The token of the admin API by which an operator did it; null when it was done otherwise. */
  readonly token: string | null;
};

/** A publish that may have done something already. */
export type DeedKey = { readonly person: string; readonly id: string };

export type RoomPerson = { readonly room: string; readonly person: string };

/** Where a session that is here comes from. */
export type AddressRow = {
  readonly room: string;
  readonly session: string;
  readonly address: string;
};
