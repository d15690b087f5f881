import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Flavour } from '../flavour.ts';

/** The tables of the first release. */
export const first = ({ tableEnd }: Flavour): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    const end = sql.raw(tableEnd);
    const { schema } = db;

    await schema
      .createTable('meta')
      .addColumn('key', 'text', (it) => it.primaryKey().notNull())
      .addColumn('value', 'text', (it) => it.notNull())
      .modifyEnd(end)
      .execute();

    await schema
      .createTable('rooms')
      .addColumn('room', 'text', (it) => it.primaryKey().notNull())
      .addColumn('seq', 'bigint', (it) => it.notNull())
      .addColumn('members', 'bigint', (it) => it.notNull())
      .addColumn('topic', 'text')
      .addColumn('topic_by', 'text')
      .addColumn('topic_at', 'bigint')
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .modifyEnd(end)
      .execute();

    // A publish id is remembered as long as its event: a repeat is known however late it comes. The
    // id comes first in the index: gateways count theirs up, so that a batch touches few pages.
    await schema
      .createTable('events')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('seq', 'bigint', (it) => it.notNull())
      .addColumn('at', 'bigint', (it) => it.notNull())
      .addColumn('id', 'text', (it) => it.notNull())
      .addColumn('kind', 'text', (it) => it.notNull())
      .addColumn('session', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('nick', 'text', (it) => it.notNull())
      .addColumn('text', 'text', (it) => it.notNull())
      .addColumn('to', 'text')
      .addPrimaryKeyConstraint('events_pk', ['room', 'seq'])
      .addUniqueConstraint('events_publish', ['room', 'id', 'person'])
      .modifyEnd(end)
      .execute();

    await schema
      .createTable('sessions')
      .addColumn('session', 'text', (it) => it.primaryKey().notNull())
      .addColumn('token_hash', 'text', (it) => it.notNull())
      .addColumn('state', 'text', (it) => it.notNull())
      .addColumn('until', 'bigint')
      .addColumn('nick', 'text', (it) => it.notNull())
      .addColumn('name_key', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .addColumn('account', 'text')
      .addColumn('instance', 'text', (it) => it.notNull())
      .addColumn('wire', 'text', (it) => it.notNull())
      .addColumn('address', 'text')
      .addColumn('opened_at', 'bigint', (it) => it.notNull())
      .addColumn('rooms', 'text')
      .modifyEnd(end)
      .execute();
    await schema.createIndex('sessions_person').on('sessions').column('person').execute();
    await schema.createIndex('sessions_instance').on('sessions').column('instance').execute();
    await schema.createIndex('sessions_due').on('sessions').columns(['state', 'until']).execute();

    await schema
      .createTable('names')
      .addColumn('name_key', 'text', (it) => it.primaryKey().notNull())
      .addColumn('nick', 'text', (it) => it.notNull())
      .addColumn('person', 'text', (it) => it.notNull())
      .modifyEnd(end)
      .execute();

    await schema
      .createTable('members')
      .addColumn('room', 'text', (it) => it.notNull())
      .addColumn('session', 'text', (it) => it.notNull())
      .addColumn('since', 'bigint', (it) => it.notNull())
      .addPrimaryKeyConstraint('members_pk', ['room', 'session'])
      .modifyEnd(end)
      .execute();
    await schema.createIndex('members_session').on('members').column('session').execute();

    await schema
      .createTable('instances')
      .addColumn('instance', 'text', (it) => it.primaryKey().notNull())
      .addColumn('kind', 'text', (it) => it.notNull())
      .addColumn('endpoints', 'text', (it) => it.notNull())
      .addColumn('commands', 'text', (it) => it.notNull())
      .addColumn('rooms', 'text', (it) => it.notNull())
      .addColumn('started_at', 'bigint', (it) => it.notNull())
      .addColumn('lease_until', 'bigint', (it) => it.notNull())
      .modifyEnd(end)
      .execute();

    await schema
      .createTable('accounts')
      .addColumn('account', 'text', (it) => it.primaryKey().notNull())
      .addColumn('name_key', 'text', (it) => it.notNull().unique())
      .addColumn('nick', 'text', (it) => it.notNull())
      .addColumn('password', 'text', (it) => it.notNull())
      .addColumn('created_at', 'bigint', (it) => it.notNull())
      .modifyEnd(end)
      .execute();
  },
});
