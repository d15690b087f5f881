import type { Written } from '../port.ts';
import type {
  AddressRow,
  AuditRow,
  BanRow,
  DeedKey,
  MuteRow,
  PaceRow,
  RoleRow,
  RoomPerson,
} from './rows.ts';

/** What a batch changes of who may do what. */
export type ModerationChanges = {
  readonly roles: Written<RoleRow, RoomPerson>;
  readonly mutes: Written<MuteRow, RoomPerson>;
  readonly bans: Written<BanRow, Pick<BanRow, 'room' | 'subject'>>;
  readonly paces: readonly PaceRow[];
  readonly audit: readonly AuditRow[];
  /** Guests who are gone, and with them their roles, mutes and paces. */
  readonly forgotten: readonly { readonly person: string }[];
};

/** What ran out of time. */
export type Lapsed = { readonly mutes: readonly MuteRow[]; readonly bans: readonly BanRow[] };

/** What one write transaction can ask about who may do what. */
export interface ModerationQueries {
  roles(keys: readonly RoomPerson[]): Promise<readonly RoleRow[]>;
  rolesOfPersons(persons: Iterable<string>): Promise<readonly RoleRow[]>;
  mutes(keys: readonly RoomPerson[]): Promise<readonly MuteRow[]>;
  mutesOfPersons(persons: Iterable<string>): Promise<readonly MuteRow[]>;
  paces(keys: readonly RoomPerson[]): Promise<readonly PaceRow[]>;
  bans(rooms: Iterable<string>): Promise<readonly BanRow[]>;
  /** Live and detached sessions in a room, or everywhere, as far as they have an address. */
  addresses(room: string): Promise<readonly AddressRow[]>;
  /** Mutes and bans that ended by themselves, at most `limit` of each. */
  lapsed(now: number, limit: number): Promise<Lapsed>;
  /** Publishes that did something already. */
  done(keys: readonly DeedKey[]): Promise<readonly DeedKey[]>;
  /** The number of the last deed. */
  auditHead(): Promise<number>;
}

/** What can be read of it beside the writer. */
export interface ModerationReader {
  /** The bans of a room that hold at that time, the newest first. */
  bans(room: string, now: number): Promise<readonly BanRow[]>;
  /** Roles in a room, or the operators of the server. */
  roles(room: string): Promise<readonly RoleRow[]>;
  /** Deeds after one, in order. */
  audit(after: number, limit: number): Promise<readonly AuditRow[]>;
}
