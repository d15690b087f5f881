import type {
  Event,
  EventPage,
  EventQuery,
  InstanceInfo,
  MemberInfo,
  PersonInfo,
  RoomInfo,
  SearchPage,
} from '@partyline/protocol';
import type { AnswerRow } from './answers/rows.ts';
import type { Backups } from './backups.ts';
import type { HookChanges, HookReader } from './hooks/port.ts';
import type { HookRow } from './hooks/rows.ts';
import type { ModerationChanges, ModerationQueries, ModerationReader } from './moderation/port.ts';
import type { Peers, PeersInTransaction } from './peers.ts';
import type { Retention } from './retention.ts';
import type {
  AccountRow,
  CertificateRow,
  CursorRow,
  EventKey,
  EventRow,
  InstanceRow,
  InvitationRow,
  LockoutRow,
  MarkerRow,
  MemberRow,
  NameRow,
  Published,
  PublishKey,
  Reaction,
  ReactionKey,
  Referred,
  RoomRow,
  SessionRow,
} from './rows.ts';
import type { Search } from './search/searching.ts';
import type { TokenReader } from './tokens/port.ts';
import type { TokenRow } from './tokens/rows.ts';
import type { WatchReader } from './watches/port.ts';
import type { WatchKey, WatchRow } from './watches/rows.ts';

/** Rows to be written whole, and keys of rows to be gone. */
export type Written<Row, Key> = { readonly put: readonly Row[]; readonly drop: readonly Key[] };

/** Who is invited where. */
export type InvitationKey = { readonly room: string; readonly person: string };

/** Whose marker in which room. */
export type MarkerKey = Pick<MarkerRow, 'room' | 'account'>;

/** All that one batch of the line changes. */
export type Changes = {
  readonly events: readonly EventRow[];
  /** Events whose texts, and those of their edits, are to be gone. */
  readonly erased: readonly EventKey[];
  readonly rooms: readonly RoomRow[];
  readonly sessions: Written<SessionRow, { readonly session: string }>;
  readonly names: Written<NameRow, { readonly nameKey: string }>;
  readonly members: Written<MemberRow, { readonly room: string; readonly session: string }>;
  readonly instances: Written<InstanceRow, { readonly instance: string }>;
  readonly accounts: Written<AccountRow, { readonly account: string }>;
  readonly certificates: Written<CertificateRow, Pick<CertificateRow, 'fingerprint'>>;
  readonly invitations: Written<InvitationRow, InvitationKey>;
  readonly cursors: readonly CursorRow[];
  readonly markers: readonly MarkerRow[];
  readonly moderation: ModerationChanges;
  readonly lockouts: Written<LockoutRow, { readonly key: string }>;
  readonly hooks: HookChanges;
  readonly watches: Written<WatchRow, WatchKey>;
  /** Of the admin API. */
  readonly tokens: Written<TokenRow, Pick<TokenRow, 'name'>>;
};

/** Somebody who was looked up. */
export type FoundPerson = {
  readonly person: string;
  /** In a room with whoever asks, or the same person. */
  readonly isNear: boolean;
  readonly info: PersonInfo;
};

/** In which rooms an instance has live sessions: how many, and where each log stands. */
export type Reading = { readonly room: string; readonly sessions: number; readonly seq: number };

/**
 * One write transaction. Only whole sets are asked for, so that a batch costs a fixed number of
 * queries whatever its size. What isn't there is left out of an answer.
 */
export interface Transaction {
  sessions(ids: Iterable<string>): Promise<readonly SessionRow[]>;
  /** Live and detached sessions. */
  sessionsOfPersons(persons: Iterable<string>): Promise<readonly SessionRow[]>;
  /** Ended sessions of persons, which they may yet resume. */
  resumable(persons: Iterable<string>): Promise<readonly SessionRow[]>;
  /** Live and detached sessions that count to instances; `limit` bounds them. */
  sessionsOfInstances(instances: Iterable<string>, limit: number): Promise<readonly SessionRow[]>;
  /** Detached and ended sessions whose time ran out. */
  sessionsDue(now: number, limit: number): Promise<readonly SessionRow[]>;
  instances(ids: Iterable<string>): Promise<readonly InstanceRow[]>;
  allInstances(): Promise<readonly InstanceRow[]>;
  names(keys: Iterable<string>): Promise<readonly NameRow[]>;
  accounts(ids: Iterable<string>): Promise<readonly AccountRow[]>;
  accountsByName(keys: Iterable<string>): Promise<readonly AccountRow[]>;
  accountsBySkeleton(skeletons: Iterable<string>): Promise<readonly AccountRow[]>;
  certificates(fingerprints: Iterable<string>): Promise<readonly CertificateRow[]>;
  certificatesOf(accounts: Iterable<string>): Promise<readonly CertificateRow[]>;
  lockouts(keys: Iterable<string>): Promise<readonly LockoutRow[]>;
  hooks(ids: Iterable<string>): Promise<readonly HookRow[]>;
  watches(keys: readonly WatchKey[]): Promise<readonly WatchRow[]>;
  allWatches(): Promise<readonly WatchRow[]>;
  tokens(names: Iterable<string>): Promise<readonly TokenRow[]>;
  /** Those whose last mistake was made before a time. */
  lockoutsBefore(at: number, limit: number): Promise<readonly LockoutRow[]>;
  /** Accounts' cursors in logs of pairs that go on after them. */
  waiting(accounts: Iterable<string>): Promise<readonly CursorRow[]>;
  markers(keys: readonly MarkerKey[]): Promise<readonly MarkerRow[]>;
  members(sessions: Iterable<string>): Promise<readonly MemberRow[]>;
  rooms(names: Iterable<string>): Promise<readonly RoomRow[]>;
  invitations(keys: readonly InvitationKey[]): Promise<readonly InvitationRow[]>;
  /** Invitations of persons that they were not told of. */
  untold(persons: Iterable<string>): Promise<readonly InvitationRow[]>;
  published(keys: readonly PublishKey[]): Promise<readonly Published[]>;
  /** Events that others refer to. */
  referred(keys: readonly EventKey[]): Promise<readonly Referred[]>;
  /** What became last of reactions that somebody had, or has. */
  reactions(keys: readonly ReactionKey[]): Promise<readonly Reaction[]>;
  /** Rooms that live sessions of an instance are in. */
  reading(instance: string): Promise<readonly Reading[]>;
  /** Where live sessions of an instance are in pairs' logs. */
  pairs(instance: string): Promise<readonly MemberRow[]>;
  /** What an instance's live sessions of accounts go by. */
  nicks(instance: string): Promise<readonly Pick<SessionRow, 'session' | 'nick'>[]>;
  /** People online. */
  online(): Promise<number>;
  /** About who may do what. */
  readonly moderation: ModerationQueries;
  apply(changes: Changes): Promise<void>;
  /** Keeps what a request was answered, and forgets such whose time is over. */
  keep(answer: AnswerRow, now: number): Promise<void>;
  /**
   * Deletes what rooms from a name on keep no longer, a bounded part of it, the oldest first; of each
   * room the last event stays. Gives the room to go on with, if there may be more.
   */
  trim(from: string, now: number): Promise<string | undefined>;
  /** The same of what no log keeps, whatever its room is set to. */
  expire(
    from: string,
    by: { readonly now: number; readonly retention: Retention },
  ): Promise<string | undefined>;
  /**
   * Deletes entries of the audit log up to a time, a bounded part of them, the oldest first; the last
   * entry stays. Whether there may be more.
   */
  expireAudit(upTo: number): Promise<boolean>;
  /** Other chat-cores on the same database; undefined where there can be none. */
  readonly peers?: PeersInTransaction;
}

/**
 * What a batch is about, where it says something in rooms and nothing else: it changes no more than
 * these rooms and their logs, and batches about other rooms may be written beside it.
 */
export type Scope = { readonly rooms: readonly string[] };

/** A session as the admin API tells it. */
export type SessionInfo = {
  readonly session: string;
  readonly nick: string;
  readonly account?: string;
  readonly state: 'live' | 'detached';
  readonly instance: string;
  readonly wire: string;
  readonly address?: string;
  readonly openedAt: number;
  readonly rooms: readonly string[];
};

/** A person's account as the admin API tells it. */
export type AccountInfo = {
  readonly account: string;
  readonly nick: string;
  readonly nameKey: string;
  readonly createdAt: number;
  readonly isOperator: boolean;
  /** Live and detached ones. */
  readonly sessions: number;
};

/** Counts of everything. */
export type Totals = {
  readonly online: number;
  readonly sessions: number;
  readonly rooms: number;
  readonly events: number;
  readonly accounts: number;
};

/** Reads what is committed, beside the writer and never in its way. */
export interface Reader {
  /** A page of a room's log, within `limits.pageEvents` and `limits.pageBytes`. */
  page(room: string, query: EventQuery): Promise<EventPage>;
  /** Single events, as far as they are there. */
  events(keys: readonly EventKey[]): Promise<readonly Event[]>;
  /** Rooms that are no pair's log, the fullest first; of private ones those that a session is in. */
  rooms(limit: number, session: string): Promise<readonly RoomInfo[]>;
  /** All rooms that are no pair's log, private ones too, by name, after one. */
  roomsAfter(after: string, limit: number): Promise<readonly RoomRow[]>;
  room(room: string): Promise<RoomRow | undefined>;
  members(
    room: string,
    limit: number,
  ): Promise<{ readonly count: number; readonly members: readonly MemberInfo[] }>;
  /** Those who go by nicks, or have registered them, as the person of a session sees them. */
  people(nameKeys: readonly string[], session: string): Promise<readonly FoundPerson[]>;
  /** Live and detached sessions, by id, after one; all, or those of an account. */
  sessions(after: string, limit: number, account?: string): Promise<readonly SessionInfo[]>;
  /** People's accounts, by the key of their nick, after one. */
  accounts(after: string, limit: number): Promise<readonly AccountInfo[]>;
  /** The account that a nick is registered to. */
  accountInfo(nameKey: string): Promise<AccountInfo | undefined>;
  instances(): Promise<readonly InstanceInfo[]>;
  /** The same as they are kept. */
  instanceRows(): Promise<readonly InstanceRow[]>;
  /** Where a live or detached session's client is; null when it has no address. */
  addressOf(session: string): Promise<string | null | undefined>;
  lockouts(keys: readonly string[]): Promise<readonly LockoutRow[]>;
  /** The rooms and pairs' logs that a session is in. */
  roomsOf(session: string): Promise<readonly string[]>;
  /** How far the account of a session has read: all that it marked, or these rooms. */
  markers(session: string, rooms?: readonly string[]): Promise<readonly MarkerRow[]>;
  /** What was said with words. Eventually complete: what was said within the last second may be missing. */
  search(search: Search): Promise<SearchPage>;
  accountByName(nameKey: string): Promise<AccountRow | undefined>;
  account(id: string): Promise<AccountRow | undefined>;
  /** The account that a certificate is of. */
  accountByCertificate(fingerprint: string): Promise<AccountRow | undefined>;
  /** Of an account, the oldest first. */
  certificates(account: string): Promise<readonly CertificateRow[]>;
  /** The account of a live or detached session; null of a guest. */
  accountOf(session: string): Promise<string | null | undefined>;
  /** Accounts of bots, by name. */
  bots(): Promise<readonly AccountRow[]>;
  totals(): Promise<Totals>;
  /** About who may do what. */
  readonly moderation: ModerationReader;
  /** About outgoing webhooks. */
  readonly hooks: HookReader;
  /** About watched names. */
  readonly watches: WatchReader;
  /** About tokens of the admin API. */
  readonly tokens: TokenReader;
  /** What a request with a key was answered, if that is still kept at a time. */
  answer(key: string, now: number): Promise<AnswerRow | undefined>;
}

/** How much there is of what is kept. */
export type StoreSize = {
  readonly kind: 'sqlite' | 'postgres' | 'memory';
  readonly bytes: number;
  /** Free where it is kept; undefined where that is not known. */
  readonly freeBytes?: number;
  /** Events that the search index is still to take in. */
  readonly searchWaiting: number;
};

/** Where the truth is kept. */
export interface Store extends AsyncDisposable {
  /** Of this log; another one means that every cursor is void. */
  readonly epoch: string;
  readonly read: Reader;
  size(): Promise<StoreSize>;
  /** Other chat-cores on the same database; undefined where there can be none. */
  readonly peers?: Peers;
  /** Undefined where the database has its own ways of being backed up. */
  readonly backups?: Backups;
  /**
   * All of it is durable when the promise resolves; when it rejects, nothing of it happened, or (a
   * database that was lost at the commit) nobody knows. What the work read is not changed by others
   * before it ends; without a scope that is everything.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>, scope?: Scope): Promise<T>;
}

/** A store in a database. */
export type DatabaseStore = Store & {
  /** Everything that is kept, at one moment, as lines (transfer/format.ts), many at a time. */
  export(): AsyncGenerator<string>;
};
