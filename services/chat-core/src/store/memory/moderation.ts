import { EVERYWHERE } from '@partyline/protocol';
import type { ModerationChanges, ModerationQueries, ModerationReader } from '../moderation/port.ts';
import type {
  AuditRow,
  BanRow,
  MuteRow,
  PaceRow,
  RoleRow,
  RoomPerson,
} from '../moderation/rows.ts';
import type { Tables } from './tables.ts';

/** The tables of who may do what, as maps by key. */
export type ModerationTables = {
  readonly roles: Map<string, RoleRow>;
  readonly mutes: Map<string, MuteRow>;
  readonly paces: Map<string, PaceRow>;
  readonly bans: Map<string, BanRow>;
  readonly audit: Map<number, AuditRow>;
};

export const emptyModeration = (): ModerationTables => ({
  ...{ roles: new Map(), mutes: new Map(), paces: new Map(), bans: new Map(), audit: new Map() },
});

const keyOf = ({ room, person }: RoomPerson): string => `${room}\n${person}`;
const banKey = ({ room, subject }: Pick<BanRow, 'room' | 'subject'>): string =>
  `${room}\n${subject}`;

export const applyModeration = (tables: ModerationTables, changes: ModerationChanges): void => {
  const { roles, mutes, paces, bans, audit } = tables;
  for (const it of changes.roles.drop) roles.delete(keyOf(it));
  for (const it of changes.roles.put) roles.set(keyOf(it), it);
  for (const it of changes.mutes.drop) mutes.delete(keyOf(it));
  for (const it of changes.mutes.put) mutes.set(keyOf(it), it);
  for (const it of changes.bans.drop) bans.delete(banKey(it));
  for (const it of changes.bans.put) bans.set(banKey(it), it);
  for (const it of changes.paces) paces.set(keyOf(it), it);
  for (const it of changes.audit) {
    if (audit.has(it.n)) throw new Error(`UNIQUE: audit ${it.n}`);
    audit.set(it.n, it);
  }
  for (const { person } of changes.forgotten)
    for (const table of [roles, mutes, paces])
      for (const [key, it] of table) if (it.person === person) table.delete(key);
};

const isOver = (now: number, { until }: { readonly until: number | null }): boolean =>
  until !== null && until <= now;

export const moderationQueriesOn = (tables: Tables): ModerationQueries => {
  const { roles, mutes, paces, bans, audit } = tables.moderation;
  const among = <Row>(table: Map<string, Row>, keys: readonly RoomPerson[]): Row[] =>
    [...new Set(keys.map(keyOf))].flatMap((key) => table.get(key) ?? []);
  const ofPersons = <Row extends RoomPerson>(
    table: Map<string, Row>,
    persons: Iterable<string>,
  ): Row[] => {
    const wanted = new Set(persons);
    return [...table.values()].filter((it) => wanted.has(it.person));
  };
  return {
    roles: async (keys) => among(roles, keys),
    rolesOfPersons: async (persons) => ofPersons(roles, persons),
    mutes: async (keys) => among(mutes, keys),
    mutesOfPersons: async (persons) => ofPersons(mutes, persons),
    paces: async (keys) => among(paces, keys),
    bans: async (rooms) => {
      const wanted = new Set(rooms);
      return [...bans.values()].filter((it) => wanted.has(it.room));
    },
    addresses: async (room) =>
      [...tables.sessions.values()].flatMap(({ session, state, address }) =>
        state !== 'ended' &&
        address !== null &&
        (room === EVERYWHERE || tables.members.has(`${room}\n${session}`))
          ? { room, session, address }
          : [],
      ),
    lapsed: async (now, limit) => ({
      mutes: [...mutes.values()].filter((it) => isOver(now, it)).slice(0, limit),
      bans: [...bans.values()].filter((it) => isOver(now, it)).slice(0, limit),
    }),
    done: async (keys) =>
      keys.filter((key) =>
        [...audit.values()].some((it) => it.person === key.person && it.id === key.id),
      ),
    auditHead: async () => audit.size,
  };
};

export const moderationReaderOn = ({ moderation }: Tables): ModerationReader => ({
  bans: async (room, now) =>
    [...moderation.bans.values()]
      .filter((it) => it.room === room && !isOver(now, it))
      .sort((a, b) => b.at - a.at || (a.subject < b.subject ? -1 : 1)),
  roles: async (room) =>
    [...moderation.roles.values()]
      .filter((it) => it.room === room)
      .sort((a, b) => (a.person < b.person ? -1 : 1)),
  audit: async (after, limit) =>
    [...moderation.audit.values()].filter((it) => it.n > after).slice(0, limit),
});
