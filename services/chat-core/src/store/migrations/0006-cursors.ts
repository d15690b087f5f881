import { isPairRoom, pairPersons } from '@partyline/protocol';
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

type Before = {
  accounts: { account: string };
  rooms: { room: string; seq: number };
  cursors: { room: string; account: string; seq: number };
};

/** How far each account was shown the logs of its pairs; what is there already counts as shown. */
export const cursors = ({ tableEnd }: Flavour): Migration => ({
  up: async (given: Kysely<unknown>): Promise<void> => {
    const db = given as Kysely<Before>;
    await db.schema
      .createTable('cursors')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('account', 'text', (it) => it.notNull())
      .addColumn('seq', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('cursors_pk', ['room', 'account'])
      .modifyEnd(sql.raw(tableEnd))
      .execute();
    await db.schema.createIndex('cursors_account').on('cursors').column('account').execute();

    const rows = await db.selectFrom('accounts').select('account').execute();
    const accounts = new Set(rows.map((it) => it.account));
    const rooms = await db.selectFrom('rooms').select(['room', 'seq']).execute();
    for (const { room, seq } of rooms.filter((it) => isPairRoom(it.room)))
      for (const account of new Set(pairPersons(room)))
        if (accounts.has(account))
          await db.insertInto('cursors').values({ room, account, seq }).execute();
  },
});
