import { sql } from 'kysely';
import type { Db } from '../statements/statement.ts';
import { StoreError } from '../store-error.ts';

/** The oldest server that this is tried with. */
const OLDEST_SERVER = 15;

const refuse = (url: string, what: string, cause?: unknown): never => {
  const { host, pathname } = new URL(url);
  throw new StoreError(`The database ${host}${pathname} (PARTYLINE_DATABASE) ${what}.`, { cause });
};

/** Throws a StoreError where the database of a URL can't be reached, or is none that can be used. */
export const checkServer = async (db: Db, url: string): Promise<void> => {
  const asked = sql<{ version: string; encoding: string; standby: boolean }>`
    select current_setting('server_version_num') as version,
      current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby`;
  const [found] = await asked.execute(db).then(
    ({ rows }) => rows,
    (error: unknown) =>
      refuse(url, `can't be used: ${error instanceof Error ? error.message : error}`, error),
  );
  const version = Math.floor(Number(found?.version) / 10_000);
  if (version < OLDEST_SERVER)
    refuse(url, `is a Postgres ${version}; at least ${OLDEST_SERVER} is needed`);
  if (found?.encoding !== 'UTF8') refuse(url, `is in ${found?.encoding}; UTF8 is needed`);
  if (found?.standby) refuse(url, 'is a standby, which takes no messages; name the primary');
};
