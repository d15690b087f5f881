import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The words of events, by which they are found. An event that is trimmed takes its words along. */
export const words = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const { schema } = db;
    await schema
      .createTable('words')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('position', 'bigint', (it) => it.generatedAlwaysAsIdentity())
      .addColumn('seq', 'bigint', (it) => it.notNull())
      .addColumn('words', sql`tsvector`, (it) => it.notNull())
      .addPrimaryKeyConstraint('words_pk', ['room', 'position'])
      .addUniqueConstraint('words_event', ['room', 'seq'])
      .addForeignKeyConstraint('words_of', ['room', 'seq'], 'events', ['room', 'seq'], (it) =>
        it.onDelete('cascade'),
      )
      .execute();
    await schema.createIndex('words_words').on('words').using('gin').column('words').execute();
  },
});
