import type pg from 'pg';
import { migrate, takeSteps } from '../migrator.ts';
import { compareBytewise } from './bytewise.ts';
import { postgresFlavour } from './flavour.ts';
import { peers } from './migrations/0001-peers.ts';
import { words } from './migrations/0002-words.ts';
import { boards } from './migrations/0003-boards.ts';
import { wordsApart } from './migrations/0004-words-apart.ts';
import { openPool } from './pool.ts';

/** Steps that only a Postgres takes, after those that every database does. */
export const ownMigrations = () => ({
  '0001-peers': peers(),
  '0002-words': words(),
  '0003-boards': boards(),
  '0004-words-apart': wordsApart(),
});

/** Brings a database to the newest schema, however long it takes; cores that start at once take turns. */
export const migratePostgres = async (config: pg.PoolConfig): Promise<void> => {
  await using db = openPool({ ...config, max: 1 }, () => {});
  await migrate(db, postgresFlavour);
  await takeSteps(db, ownMigrations(), 'postgres_migration');
  await compareBytewise(db);
};
