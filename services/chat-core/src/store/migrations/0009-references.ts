import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Events refer to others of their room, and tell whom they mention. */
export const references = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const { schema } = db;
    await schema.alterTable('events').addColumn('ref', 'bigint').execute();
    await schema.alterTable('events').addColumn('mentions', 'text').execute();

    // Partial: most events refer to none, and what is only said costs no more than before.
    await schema
      .createIndex('events_edits')
      .on('events')
      .columns(['room', 'ref', 'seq'])
      .where(sql.ref('kind'), '=', sql.lit('edit'))
      .execute();
    await schema
      .createIndex('events_reactions')
      .on('events')
      .columns(['room', 'ref', 'person', 'text', 'seq'])
      .where(sql.ref('kind'), 'in', sql`('react', 'unreact')`)
      .execute();
  },
});
