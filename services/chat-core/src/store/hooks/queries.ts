import { EVERY_PUBLIC_ROOM } from '@partyline/protocol';
import type { Flavour } from '../flavour.ts';
import { deleteBy } from '../statements/delete-by.ts';
import type { Db } from '../statements/statement.ts';
import { upsert } from '../statements/upsert.ts';
import type { HookChanges } from './port.ts';
import type { HookRow } from './rows.ts';
import { deliveriesTable, hooksTable } from './tables.ts';

/** A hook has been told all that was said before it began, in every room that it may ever be for. */
const begin = (db: Db, { hook, rooms }: HookRow) =>
  db
    .insertInto('deliveries')
    .columns(['room', 'hook', 'seq'])
    .expression((it) => {
      const all = it
        .selectFrom('rooms')
        .select((column) => ['room', column.val(hook).as('hook'), 'seq'])
        .where('room', 'not like', '~%');
      return rooms.includes(EVERY_PUBLIC_ROOM) ? all : all.where('room', 'in', rooms);
    })
    .execute();

/** Writes what a batch changed of outgoing webhooks. */
export const hookWriter = (flavour: Flavour): ((db: Db, changes: HookChanges) => Promise<void>) => {
  const putHooks = upsert(flavour, hooksTable);
  const dropHooks = deleteBy(flavour, hooksTable);
  const putCursors = upsert(flavour, deliveriesTable);
  const dropCursors = deleteBy(flavour, { ...deliveriesTable, key: ['hook'] });
  return async (db, { hooks, begun, cursors }) => {
    await dropCursors(db, hooks.drop);
    await dropHooks(db, hooks.drop);
    await putHooks(db, hooks.put);
    for (const it of begun) await begin(db, it);
    await putCursors(db, cursors);
  };
};
