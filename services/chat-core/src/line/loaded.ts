import type { HookRow } from '../store/hooks/rows.ts';
import type { InvitationKey, MarkerKey, Reading } from '../store/port.ts';
import type {
  AccountRow,
  CertificateRow,
  CursorRow,
  EventKey,
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
} from '../store/rows.ts';
import type { TokenRow } from '../store/tokens/rows.ts';
import type { WatchRow } from '../store/watches/rows.ts';
import type { FoundMemberships } from './memberships.ts';
import type { FoundModeration } from './moderation/moderation.ts';
import type { Found } from './rows.ts';

/** All that the decisions of one batch may ask; never changed. */
export type Loaded = {
  readonly instances: Found<InstanceRow>;
  readonly sessions: Found<SessionRow>;
  /** Ids of the live and detached sessions of a person. */
  readonly persons: Found<readonly string[]>;
  readonly names: Found<NameRow>;
  readonly accounts: Found<AccountRow>;
  readonly accountsByName: Found<AccountRow>;
  /** By the skeleton of their nick. */
  readonly accountsBySkeleton: Found<readonly AccountRow[]>;
  readonly lockouts: Found<LockoutRow>;
  /** By fingerprint. */
  readonly certificates: Found<CertificateRow>;
  /** Those of the account that is to have another one, or another password. */
  readonly certified: readonly CertificateRow[];
  /** Ended sessions of the account that is to have another password, which may yet resume. */
  readonly resumable: readonly SessionRow[];
  /** Outgoing webhooks. */
  readonly hooks: Found<HookRow>;
  /** Of the admin API, by name. */
  readonly tokens: Found<TokenRow>;
  /** By `watchKey`. */
  readonly watches: Found<WatchRow>;
  /** Whether these are all that there are. */
  readonly everyWatch: boolean;
  /** By account: where something waits for it. */
  readonly waiting: Found<readonly CursorRow[]>;
  /** By `markerKey`. */
  readonly markers: Found<MarkerRow>;
  readonly members: FoundMemberships;
  readonly rooms: Found<RoomRow>;
  /** By `invitationKey`. */
  readonly invitations: Found<InvitationRow>;
  /** By person: invitations that it was not told of. */
  readonly untold: ReadonlyMap<string, readonly InvitationRow[]>;
  /** By `publishKey`. */
  readonly published: Found<Published>;
  /** Events that others refer to, by `eventKey`. */
  readonly referred: Found<Referred>;
  /** By `reactionKey`. */
  readonly reactions: Found<Reaction>;
  /** People online; undefined when no decision of the batch depends on it. */
  readonly online: number | undefined;
  /** Live and detached sessions of instances that a task is about. */
  readonly held: readonly SessionRow[];
  /** Detached and ended sessions whose time ran out. */
  readonly due: readonly SessionRow[];
  /** What an instance that attaches reads. */
  readonly reading: readonly Reading[];
  /** What its live sessions of accounts go by. */
  readonly nicks: readonly Pick<SessionRow, 'session' | 'nick'>[];
  /** Its live sessions in pairs' logs. */
  readonly pairs: readonly MemberRow[];
  /** Who may do what. */
  readonly moderation: FoundModeration;
};

/** Who is invited where as one string; no part can hold a line end. */
export const invitationKey = ({ room, person }: InvitationKey): string => `${room}\n${person}`;

export const invitationOf = (key: string): InvitationKey => {
  const [room = '', person = ''] = key.split('\n');
  return { room, person };
};

/** Whose marker in which room as one string. */
export const markerKey = ({ room, account }: MarkerKey): string => `${room}\n${account}`;

/** A publish's identity as one string; no part can hold a line end. */
export const publishKey = ({ room, person, id }: PublishKey): string => `${room}\n${person}\n${id}`;

/** An event's identity as one string. */
export const eventKey = ({ room, seq }: EventKey): string => `${room}\n${seq}`;

/** A reaction's identity as one string; its text comes last, so that it may hold anything. */
export const reactionKey = ({ room, ref, person, text }: ReactionKey): string =>
  `${room}\n${ref}\n${person}\n${text}`;
