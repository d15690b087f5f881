import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** Who runs a room, how it is set, and who is invited to it. */
export const roomSettings = ({ tableEnd }: Flavour): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const rooms = db.schema.alterTable('rooms');
    await rooms.addColumn('owner', 'text').execute();
    await rooms.addColumn('visibility', 'text', (it) => it.notNull().defaultTo('public')).execute();
    await rooms.addColumn('speak', 'text', (it) => it.notNull().defaultTo('everyone')).execute();
    await rooms.addColumn('keep_ms', 'bigint', (it) => it.notNull().defaultTo(0)).execute();
    await rooms.addColumn('keep_count', 'bigint', (it) => it.notNull().defaultTo(0)).execute();

    await db.schema
      .createTable('invitations')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('invitations_pk', ['room', 'person'])
      .modifyEnd(sql.raw(tableEnd))
      .execute();
  },
});
