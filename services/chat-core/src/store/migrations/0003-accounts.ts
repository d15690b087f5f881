import { nickKey, skeleton } from '@partyline/protocol';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

type Before = { accounts: { account: string; name_key: string; nick: string; skeleton: string } };

/** Registered nicks as they look; their keys as nicks are compared from now on. */
export const accounts = (): Migration => ({
  up: async (given: Kysely<unknown>): Promise<void> => {
    const db = given as Kysely<Before>;
    await db.schema
      .alterTable('accounts')
      .addColumn('skeleton', 'text', (it) => it.notNull().defaultTo(''))
      .execute();
    const rows = await db.selectFrom('accounts').selectAll().orderBy('account').execute();
    const keys = new Set(rows.map((it) => it.name_key));
    for (const { account, nick, name_key: before } of rows) {
      // Two that were different nicks until now stay as they are: neither loses its own.
      const after = keys.has(nickKey(nick)) ? before : nickKey(nick);
      keys.add(after);
      await db
        .updateTable('accounts')
        .set({ name_key: after, skeleton: skeleton(nick) })
        .where('account', '=', account)
        .execute();
    }
    await db.schema.createIndex('accounts_skeleton').on('accounts').column('skeleton').execute();
  },
});
