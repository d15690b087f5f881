import type { Card, CommandInfo, EventKind, RoomSettings } from '@partyline/protocol';
import type { BotPart } from '../people/bot.ts';

/** What a room is, beside its log. */
export type RoomRow = RoomSettings & {
  readonly room: string;
  /** The number of its last event. */
  readonly seq: number;
  /** When that was; a later event is never given an earlier time, even if the clock goes back. */
  readonly lastAt: number;
  /** People in it: an account with three sessions there counts once. */
  readonly members: number;
  readonly topic: string | null;
  readonly topicBy: string | null;
  readonly topicAt: number | null;
  /** Slow mode: a message a person in so many milliseconds; 0 when there is none. */
  readonly slowMs: number;
  readonly createdAt: number;
};

/** Somebody who may come into a private room. */
export type InvitationRow = {
  readonly room: string;
  readonly person: string;
  readonly at: number;
  /** The nick of whoever invited. */
  readonly by: string;
  /** Whether the person was told: 1, or 0 while it is not there. */
  readonly told: 0 | 1;
};

export type EventRow = {
  readonly room: string;
  readonly seq: number;
  readonly at: number;
  readonly id: string;
  readonly kind: EventKind;
  readonly session: string;
  readonly person: string;
  readonly nick: string;
  readonly text: string;
  readonly to: string | null;
  /** The event of the same room that it refers to. */
  readonly ref: number | null;
  /** Nicks that its text tells. */
  readonly mentions: readonly string[] | null;
  readonly card: Card | null;
};

/** An entry of a room's log. */
export type EventKey = Pick<EventRow, 'room' | 'seq'>;

/** What others that refer to an event need to know of it. */
export type Referred = Pick<EventRow, 'room' | 'seq' | 'at' | 'kind' | 'person' | 'nick' | 'to'> & {
  /** As its last edit has it, and only the beginning (`beginningOf`); empty when it is taken back. */
  readonly text: string;
};

/** One person's reaction to an event. */
export type ReactionKey = Pick<EventRow, 'room' | 'person' | 'text'> & { readonly ref: number };

/** What became of it last: the `react` or `unreact`. */
export type Reaction = ReactionKey & Pick<EventRow, 'kind' | 'seq' | 'at'>;

/** Where a session stood in each room when it ended: room → since. */
export type SavedRooms = Readonly<Record<string, number>>;

/** That a person is away. */
export type Away = {
  /** A word about why; may be empty. */
  readonly text: string;
  /** Persons who wrote and were told. */
  readonly told: readonly string[];
};

export type SessionRow = {
  readonly session: string;
  /** SHA-256 of its token, base64url. */
  readonly tokenHash: string;
  /** Live: held by its instance. Detached: its connection vanished. Ended: gone for everybody else. */
  readonly state: 'live' | 'detached' | 'ended';
  /** When it ends (detached) or is forgotten (ended); null while live. */
  readonly until: number | null;
  readonly nick: string;
  readonly nameKey: string;
  /** The account, or the session itself of a guest. */
  readonly person: string;
  readonly account: string | null;
  readonly instance: string;
  readonly wire: string;
  readonly address: string | null;
  readonly openedAt: number;
  /** Only while ended; while it is not, `members` has them. */
  readonly rooms: SavedRooms | null;
  /** What the person is called besides the nick; the same in all its sessions. */
  readonly realName: string | null;
  /** The same in all sessions of a person; null when the person reads. */
  readonly away: Away | null;
};

/** A nick in use. A person holds exactly one, so there are as many as people online. */
export type NameRow = { readonly nameKey: string; readonly nick: string; readonly person: string };

export type MemberRow = {
  readonly room: string;
  readonly session: string;
  /** The last event it is not owed. */
  readonly since: number;
};

export type InstanceRow = {
  readonly instance: string;
  readonly kind: string;
  readonly endpoints: readonly string[];
  readonly commands: readonly CommandInfo[];
  /** Rooms it follows without a session in them. */
  readonly rooms: readonly string[];
  readonly startedAt: number;
  /** Its sessions end when it was not heard of until then. */
  readonly leaseUntil: number;
  /** The bot whose instance it is; null of a service. */
  readonly bot: InstanceBot | null;
};

/** Whose instance it is, for which rooms, and when the token ends with which it came. */
export type InstanceBot = Pick<BotPart, 'rooms' | 'until'> & { readonly bot: string };

export type AccountRow = {
  readonly account: string;
  readonly nameKey: string;
  readonly nick: string;
  /** What the nick looks like. */
  readonly skeleton: string;
  /** As people/password.ts writes it; empty, which is none, of a bot. */
  readonly password: string;
  readonly createdAt: number;
  /** Null of a person. */
  readonly bot: BotPart | null;
};

/** How far an account was shown the log of a pair it is one of. */
export type CursorRow = {
  readonly room: string;
  readonly account: string;
  /** The last event when one of its sessions ended or lost its connection, or later ones began. */
  readonly seq: number;
};

/** A certificate by which whoever shows it is an account's. */
export type CertificateRow = {
  /** SHA-256, in lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly account: string;
  readonly addedAt: number;
};

/** How far an account has read a room, or a log that it shares. */
export type MarkerRow = {
  readonly room: string;
  readonly account: string;
  /** The last event that was read. */
  readonly seq: number;
  /** When that was said. */
  readonly at: number;
};

/** Wrong passwords from one place or for one name. */
export type LockoutRow = {
  /** As people/lockout.ts writes it. */
  readonly key: string;
  readonly mistakes: number;
  /** When the last one was made. */
  readonly at: number;
  /** No password is looked at before. */
  readonly until: number;
};

/** What makes a publish the same publish: who, where, and the id it was given. */
export type PublishKey = { readonly room: string; readonly person: string; readonly id: string };

/** What a publish that is in the log got. */
export type Published = PublishKey & { readonly seq: number; readonly at: number };
