import type { AnswerRow } from './answers/rows.ts';
import type { HookCursorRow, HookRow } from './hooks/rows.ts';
import type { AuditRow, BanRow, MuteRow, PaceRow, RoleRow } from './moderation/rows.ts';
import type {
  AccountRow,
  CertificateRow,
  CursorRow,
  EventRow,
  InstanceRow,
  InvitationRow,
  LockoutRow,
  MarkerRow,
  MemberRow,
  NameRow,
  RoomRow,
  SessionRow,
} from './rows.ts';
import type { TokenRow } from './tokens/rows.ts';
import type { WatchRow } from './watches/rows.ts';

/** What is structured in a row is JSON text in its column. */
type Stored<Row> = {
  [C in keyof Row]: Row[C] extends string | number | null
    ? Row[C]
    : null extends Row[C]
      ? string | null
      : string;
};

/** The tables, for Kysely; columns are in snake case in the database. */
export type Database = {
  meta: { key: string; value: string };
  rooms: Stored<RoomRow>;
  events: Stored<EventRow>;
  sessions: Stored<SessionRow>;
  names: Stored<NameRow>;
  members: Stored<MemberRow>;
  instances: Stored<InstanceRow>;
  accounts: Stored<AccountRow>;
  invitations: Stored<InvitationRow>;
  cursors: Stored<CursorRow>;
  certificates: Stored<CertificateRow>;
  markers: Stored<MarkerRow>;
  roles: Stored<RoleRow>;
  mutes: Stored<MuteRow>;
  paces: Stored<PaceRow>;
  bans: Stored<BanRow>;
  audit: Stored<AuditRow>;
  lockouts: Stored<LockoutRow>;
  hooks: Stored<HookRow>;
  deliveries: Stored<HookCursorRow>;
  watches: Stored<WatchRow>;
  tokens: Stored<TokenRow>;
  answers: Stored<AnswerRow>;
};
