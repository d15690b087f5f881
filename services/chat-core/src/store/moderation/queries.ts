import { EVERYWHERE } from '@partyline/protocol';
import type { Flavour } from '../flavour.ts';
import { deleteBy } from '../statements/delete-by.ts';
import { doneDeeds } from '../statements/done-deeds.ts';
import { selectBy } from '../statements/select-by.ts';
import { selectByKey } from '../statements/select-by-key.ts';
import type { Db } from '../statements/statement.ts';
import { insert, upsert } from '../statements/upsert.ts';
import type { ModerationChanges, ModerationQueries } from './port.ts';
import type { AddressRow, MuteRow, PaceRow, RoleRow, RoomPerson } from './rows.ts';
import { auditTable, bansTable, mutesTable, pacesTable, rolesTable } from './tables.ts';

const addresses = async (db: Db, room: string): Promise<readonly AddressRow[]> => {
  const here = db
    .selectFrom('sessions')
    .where('sessions.state', 'in', ['live', 'detached'])
    .where('sessions.address', 'is not', null)
    .select(['sessions.session', 'sessions.address']);
  const rows = await (room === EVERYWHERE
    ? here.execute()
    : here
        .innerJoin('members', 'members.session', 'sessions.session')
        .where('members.room', '=', room)
        .execute());
  return rows.map(({ session, address }) => ({ room, session, address: address ?? '' }));
};

/** The queries about who may do what, in a flavour, each built once. */
export const moderationQueries = (flavour: Flavour): ((db: Db) => ModerationQueries) => {
  const roles = selectByKey<RoleRow, RoomPerson>(flavour, rolesTable);
  const mutes = selectByKey<MuteRow, RoomPerson>(flavour, mutesTable);
  const paces = selectByKey<PaceRow, RoomPerson>(flavour, pacesTable);
  const rolesByPerson = selectBy(flavour, rolesTable, 'person');
  const mutesByPerson = selectBy(flavour, mutesTable, 'person');
  const done = doneDeeds(flavour);
  const bansByRoom = selectBy(flavour, bansTable, 'room');
  return (db) => ({
    roles: (keys) => roles(db, keys),
    rolesOfPersons: (persons) => rolesByPerson(db, persons),
    mutes: (keys) => mutes(db, keys),
    mutesOfPersons: (persons) => mutesByPerson(db, persons),
    paces: (keys) => paces(db, keys),
    bans: (rooms) => bansByRoom(db, rooms),
    addresses: (room) => addresses(db, room),
    lapsed: async (now, limit) => ({
      mutes: await db
        .selectFrom('mutes')
        .selectAll()
        .where('until', '<=', now)
        .limit(limit)
        .execute(),
      bans: await db
        .selectFrom('bans')
        .selectAll()
        .where('until', '<=', now)
        .limit(limit)
        .execute(),
    }),
    done: (keys) => done(db, keys),
    auditHead: async () => {
      const head = await db
        .selectFrom('audit')
        .select((it) => it.fn.max('n').as('n'))
        .executeTakeFirst();
      return Number(head?.n ?? 0);
    },
  });
};

/** Writes what a batch changed of who may do what. */
export const moderationWriter = (
  flavour: Flavour,
): ((db: Db, changes: ModerationChanges) => Promise<void>) => {
  const putRoles = upsert(flavour, rolesTable);
  const dropRoles = deleteBy(flavour, rolesTable);
  const putMutes = upsert(flavour, mutesTable);
  const dropMutes = deleteBy(flavour, mutesTable);
  const putBans = upsert(flavour, bansTable);
  const dropBans = deleteBy(flavour, bansTable);
  const putPaces = upsert(flavour, pacesTable);
  const appendAudit = insert(flavour, auditTable);
  const forget = [rolesTable, mutesTable, pacesTable].map(({ name, columns }) =>
    deleteBy(flavour, { name, columns: { person: columns.person }, key: ['person'] }),
  );
  return async (db, { roles, mutes, bans, paces, audit, forgotten }) => {
    await dropRoles(db, roles.drop);
    await putRoles(db, roles.put);
    await dropMutes(db, mutes.drop);
    await putMutes(db, mutes.put);
    await dropBans(db, bans.drop);
    await putBans(db, bans.put);
    await putPaces(db, paces);
    await appendAudit(db, audit);
    for (const drop of forget) await drop(db, forgotten);
  };
};
