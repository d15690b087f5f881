import { CompiledQuery } from 'kysely';
import type { RoomRow } from '../rows.ts';
import type { Db } from './statement.ts';

/** What one transaction looks at and deletes at most: it holds publishes up for milliseconds. */
export const TRIMMED_ROOMS = 32;
export const TRIMMED_EVENTS = 500;

type Kept = Pick<RoomRow, 'room' | 'seq' | 'keepMs' | 'keepCount'>;

// The condition is that of the partial index.
const roomsSql = `select room, seq, keep_ms as "keepMs", keep_count as "keepCount" from rooms
  where (keep_ms > 0 or keep_count > 0) and room >= ? order by room limit ${TRIMMED_ROOMS + 1}`;
const firstSql = 'select min(seq) as seq from events where room = ?';
const youngSql = `select seq from events where room = ? and seq >= ? and seq < ? and at > ?
  order by seq limit 1`;
const deleteSql = 'delete from events where room = ? and seq >= ? and seq < ?';

const seqOf = async (db: Db, sql: string, values: unknown[]): Promise<number | undefined> => {
  const { rows } = await db.executeQuery<{ seq: number | null }>(CompiledQuery.raw(sql, values));
  return rows[0]?.seq ?? undefined;
};

/** Deletes a room's oldest events, at most `limit`, and says how many. The last event always stays, so that numbers go on. */
const trimRoom = async (db: Db, it: Kept, now: number, limit: number): Promise<number> => {
  const { room, seq, keepMs, keepCount } = it;
  const first = await seqOf(db, firstSql, [room]);
  if (first === undefined) return 0;
  const byCount = keepCount > 0 ? seq - keepCount + 1 : first;
  const end = first + limit;
  const byAge =
    keepMs > 0 ? ((await seqOf(db, youngSql, [room, first, end, now - keepMs])) ?? end) : first;
  const stays = Math.min(Math.max(byCount, byAge), seq, end);
  if (stays <= first) return 0;
  await db.executeQuery(CompiledQuery.raw(deleteSql, [room, first, stays]));
  return stays - first;
};

/** Deletes what rooms from a name on keep no longer; gives the room to go on with, if there may be more. */
export const trim = async (db: Db, from: string, now: number): Promise<string | undefined> => {
  const { rows: rooms } = await db.executeQuery<Kept>(CompiledQuery.raw(roomsSql, [from]));
  let left = TRIMMED_EVENTS;
  for (const it of rooms.slice(0, TRIMMED_ROOMS)) {
    left -= await trimRoom(db, it, now, left);
    if (left === 0) return it.room;
  }
  return rooms[TRIMMED_ROOMS]?.room;
};
