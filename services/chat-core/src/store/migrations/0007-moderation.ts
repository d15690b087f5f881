import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** Who may do what: roles, mutes, bans, slow mode, and the log of what moderators did. */
export const moderation = ({ tableEnd }: Flavour): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const end = sql.raw(tableEnd);
    const { schema } = db;

    await schema
      .alterTable('rooms')
      .addColumn('slow_ms', 'bigint', (it) => it.notNull().defaultTo(0))
      .execute();

    await schema
      .createTable('roles')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('role', 'text', (it) => it.notNull())
      .addPrimaryKeyConstraint('roles_pk', ['room', 'person'])
      .modifyEnd(end)
      .execute();
    await schema.createIndex('roles_person').on('roles').column('person').execute();

    // Whoever ran a room owns it.
    await sql`insert into roles (room, person, role)
      select room, owner, 'owner' from rooms where owner is not null`.execute(db);
    await schema.alterTable('rooms').dropColumn('owner').execute();

    await schema
      .createTable('mutes')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('until', 'bigint')
      .addColumn('reason', 'text', (it) => it.notNull())
      .addColumn('by', 'text', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('mutes_pk', ['room', 'person'])
      .modifyEnd(end)
      .execute();
    await schema.createIndex('mutes_person').on('mutes').column('person').execute();
    await schema.createIndex('mutes_until').on('mutes').column('until').execute();

    await schema
      .createTable('paces')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('paces_pk', ['room', 'person'])
      .modifyEnd(end)
      .execute();
    await schema.createIndex('paces_person').on('paces').column('person').execute();

    await schema
      .createTable('bans')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('subject', 'text', (it) => it.notNull())
      .addColumn('who', 'text', (it) => it.notNull())
      .addColumn('person', 'text')
      .addColumn('until', 'bigint')
      .addColumn('reason', 'text', (it) => it.notNull())
      .addColumn('by', 'text', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('bans_pk', ['room', 'subject'])
      .modifyEnd(end)
      .execute();
    await schema.createIndex('bans_until').on('bans').column('until').execute();

    await schema
      .createTable('audit')
      .addColumn('n', 'bigint', (it) => it.primaryKey().notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addColumn('by', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('deed', 'text', (it) => it.notNull())
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('target', 'text')
      .addColumn('detail', 'text')
      .addColumn('reason', 'text', (it) => it.notNull())
      .modifyEnd(end)
      .execute();
  },
});
