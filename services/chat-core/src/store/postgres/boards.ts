import { sql } from 'kysely';
import type { Db } from '../statements/statement.ts';

/** What chat-cores tell each other of how they are: a row each, in the place of the last one. */
export const postBoard = async (db: Db, core: string, text: string): Promise<void> => {
  await sql`insert into boards (core, told) values (${core}, ${text})
    on conflict (core) do update set told = excluded.told`.execute(db);
};

/** What the other living cores have put up. */
export const readBoards = async (db: Db, core: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ told: string }>`
    select told from cores join boards using (core)
    where cores.until > clock_timestamp() and cores.core <> ${core}`.execute(db);
  return rows.map((it) => it.told);
};
