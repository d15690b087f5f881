import { DatabaseSync } from 'node:sqlite';
import { DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import { holeSql, holeText, type LogHole } from '../../log-holes.ts';
import { migrations } from '../../migrator.ts';
import { isOurs } from '../file.ts';
import { sqliteFlavour } from '../flavour.ts';

/** What a database that can be restored holds. */
export type Inspected = {
  readonly rooms: number;
  readonly events: number;
  readonly lastAt: number;
};

const newerStep = (database: DatabaseSync): string | undefined => {
  const known = new Set(Object.keys(migrations(sqliteFlavour)));
  const taken = database.prepare(`select name from ${DEFAULT_MIGRATION_TABLE} order by name`).all();
  return taken.map((it) => String(it.name)).find((it) => !known.has(it));
};

/** What is wrong with a database that SQLite finds in order; undefined when it can be a log. */
const faultOf = (database: DatabaseSync): string | undefined => {
  const newer = newerStep(database);
  if (newer !== undefined)
    return `was written by a newer chat-core than this one (its schema has ${newer})`;
  const [reference] = database.prepare('pragma foreign_key_check').all();
  if (reference !== undefined) return `has a row of ${reference.table} that refers to none`;
  const hole = database.prepare(holeSql).get();
  return hole === undefined ? undefined : `has ${holeText(hole as LogHole)}`;
};

/** Whether a database is one of chat-core's at all. */
export const isLog = (file: string): boolean => {
  using database = new DatabaseSync(file, { readOnly: true });
  return isOurs(database);
};

/** Looks at everything that a log has to be beside sound pages; gives what is in it, or what is wrong. */
export const inspect = (file: string): Inspected | string => {
  using database = new DatabaseSync(file, { readOnly: true });
  const fault = faultOf(database);
  if (fault !== undefined) return fault;
  const found = database.prepare('select count(*) as rooms from rooms').get();
  const log = database
    .prepare('select count(*) as events, coalesce(max(at), 0) as lastAt from events')
    .get();
  return {
    ...{ rooms: Number(found?.rooms), events: Number(log?.events) },
    lastAt: Number(log?.lastAt),
  };
};
