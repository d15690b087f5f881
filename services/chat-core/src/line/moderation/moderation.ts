import type { Command } from '@partyline/protocol';
import type { Lapsed, ModerationChanges } from '../../store/moderation/port.ts';
import type {
  AuditRow,
  BanRow,
  DeedKey,
  MuteRow,
  PaceRow,
  RoleRow,
  RoomPerson,
} from '../../store/moderation/rows.ts';
import { type Found, Rows, Unloaded } from '../rows.ts';
import { Bans } from './bans.ts';
import { higher } from './rights.ts';

/** What the decisions of a batch may ask about who may do what. */
export type FoundModeration = {
  /** By `roomPerson`, as mutes and paces are. */
  readonly roles: Found<RoleRow>;
  readonly mutes: Found<MuteRow>;
  readonly paces: Found<PaceRow>;
  readonly bans: ReadonlyMap<string, readonly BanRow[]>;
  /** Sessions in the range of addresses that a command bans; of the batch's first command only. */
  readonly inRange: { readonly command: Command; readonly sessions: readonly string[] } | undefined;
  /** Deeds that the batch's publishes may have done before, by `deedKey`. */
  readonly done: Found<DeedKey>;
  /** The number of the last deed; undefined when the batch has none. */
  readonly auditHead: number | undefined;
  readonly lapsed: Lapsed;
};

/** A person in a room as one string; neither can hold a line end. */
export const roomPerson = ({ room, person }: RoomPerson): string => `${room}\n${person}`;

/** A publish that does something as one string; an id may hold anything but a line end. */
export const deedKey = ({ person, id }: DeedKey): string => `${person}\n${id}`;

const split = (key: string): RoomPerson => {
  const [room = '', person = ''] = key.split('\n');
  return { room, person };
};

/** Who may do what: as found, and over it what a batch made of it. */
export class Moderation {
  readonly bans: Bans;
  readonly #found: FoundModeration;
  readonly #roles: Rows<RoleRow>;
  readonly #mutes: Rows<MuteRow>;
  readonly #paces: Rows<PaceRow>;
  readonly #done: Rows<DeedKey>;
  readonly #audit: AuditRow[] = [];
  readonly #forgotten: { person: string }[] = [];

  constructor(found: FoundModeration) {
    this.#found = found;
    this.bans = new Bans(found.bans);
    this.#roles = new Rows(found.roles);
    this.#mutes = new Rows(found.mutes);
    this.#paces = new Rows(found.paces);
    this.#done = new Rows(found.done);
  }

  role(room: string, person: string): RoleRow['role'] {
    return this.#roles.get(roomPerson({ room, person }))?.role ?? 'member';
  }

  putRole(row: RoleRow): void {
    if (row.role === 'member') this.#roles.drop(roomPerson(row));
    else this.#roles.put(roomPerson(row), row);
  }

  mute(room: string, person: string): MuteRow | undefined {
    return this.#mutes.get(roomPerson({ room, person }));
  }

  putMute(row: MuteRow): void {
    this.#mutes.put(roomPerson(row), row);
  }

  dropMute(key: RoomPerson): void {
    this.#mutes.drop(roomPerson(key));
  }

  pace(room: string, person: string): PaceRow | undefined {
    return this.#paces.get(roomPerson({ room, person }));
  }

  putPace(row: PaceRow): void {
    this.#paces.put(roomPerson(row), row);
  }

  /** Whether a person's publish did what it asks for already. */
  isDone(key: DeedKey): boolean {
    return this.#done.get(deedKey(key)) !== undefined;
  }

  /** Writes a deed down. */
  record(deed: Omit<AuditRow, 'n'>): void {
    const head = this.#found.auditHead;
    if (head === undefined) throw new Unloaded('audit');
    this.#audit.push({ n: head + this.#audit.length + 1, ...deed });
    const { person, id } = deed;
    if (id !== null) this.#done.put(deedKey({ person, id }), { person, id });
  }

  /** A guest became an account: what it was in rooms it still is, and what it might not it still may not. */
  carry(from: string, to: string): void {
    for (const it of this.#found.roles.values())
      if (it?.person === from) {
        this.#roles.drop(roomPerson(it));
        this.putRole({ ...it, person: to, role: higher(it.role, this.role(it.room, to)) });
      }
    for (const it of this.#found.mutes.values())
      if (it?.person === from) {
        const own = this.mute(it.room, to);
        this.dropMute(it);
        this.putMute({ ...longer(it, own), person: to });
      }
  }

  /** A guest is gone for good. */
  forget(person: string): void {
    this.#forgotten.push({ person });
  }

  /** Ends what ended by itself. */
  lapse(): void {
    for (const it of this.#found.lapsed.mutes) this.dropMute(it);
    for (const it of this.#found.lapsed.bans) this.bans.drop(it.room, it.subject);
  }

  changes(): ModerationChanges {
    const [roles, mutes] = [this.#roles.changes(), this.#mutes.changes()];
    return {
      roles: { put: roles.put, drop: roles.dropped.map(split) },
      mutes: { put: mutes.put, drop: mutes.dropped.map(split) },
      bans: this.bans.changes(),
      paces: this.#paces.changes().put,
      audit: this.#audit,
      forgotten: this.#forgotten,
    };
  }
}

/** Of two mutes the one that holds longer. */
const longer = (a: MuteRow, b: MuteRow | undefined): MuteRow => {
  const end = (it: MuteRow): number => it.until ?? Number.POSITIVE_INFINITY;
  return b === undefined || end(a) >= end(b) ? a : b;
};
