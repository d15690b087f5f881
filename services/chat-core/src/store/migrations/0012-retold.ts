import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Deeds know which publish did them; invitations who made them, and whether they were told. */
export const retold = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const { schema } = db;
    await schema.alterTable('audit').addColumn('id', 'text').execute();
    await schema.createIndex('audit_publish').on('audit').columns(['person', 'id']).execute();

    // Who was invited before was told then, or is not told any more.
    await schema
      .alterTable('invitations')
      .addColumn('by', 'text', (it) => it.notNull().defaultTo(''))
      .execute();
    await schema
      .alterTable('invitations')
      .addColumn('told', 'integer', (it) => it.notNull().defaultTo(1))
      .execute();
    await schema
      .createIndex('invitations_untold')
      .on('invitations')
      .column('person')
      .where(sql.ref('told'), '=', sql.lit(0))
      .execute();
  },
});
