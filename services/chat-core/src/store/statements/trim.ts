import { sql } from 'kysely';
import type { RoomRow } from '../rows.ts';
import type { Db } from './statement.ts';

/** What one transaction looks at and deletes at most: it holds publishes up for milliseconds. */
export const TRIMMED_ROOMS = 32;
export const TRIMMED_EVENTS = 500;

/** Told of each room that was trimmed, and of its first event that stays. */
export type OnTrimmed = (room: string, first: number) => Promise<void>;

type Kept = Pick<RoomRow, 'room' | 'seq' | 'keepMs' | 'keepCount'>;

/** The condition is that of the partial index. */
const trimmedRooms = (from: string) => sql<Kept>`
  select room, seq, keep_ms as "keepMs", keep_count as "keepCount" from rooms
  where (keep_ms > 0 or keep_count > 0) and room >= ${from}
  order by room limit ${TRIMMED_ROOMS + 1}`;

/** The first event of a room that is younger than a time, among those from one up to another. */
const firstYoung = async (
  db: Db,
  room: string,
  { first, end, after }: { first: number; end: number; after: number },
): Promise<number> => {
  const row = await db
    .selectFrom('events')
    .select('seq')
    .where('room', '=', room)
    .where('seq', '>=', first)
    .where('seq', '<', end)
    .where('at', '>', after)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? end;
};

/** Deletes a room's oldest events, at most `limit`, and says how many. The last event always stays, so that numbers go on. */
export const trimRoom = async (
  db: Db,
  it: Kept,
  { now, limit, onTrimmed }: { now: number; limit: number; onTrimmed: OnTrimmed | undefined },
): Promise<number> => {
  const { room, seq, keepMs, keepCount } = it;
  const oldest = await db
    .selectFrom('events')
    .select((it) => it.fn.min('seq').as('seq'))
    .where('room', '=', room)
    .executeTakeFirst();
  const first = oldest?.seq ?? undefined;
  if (first === undefined) return 0;
  const byCount = keepCount > 0 ? seq - keepCount + 1 : first;
  const end = first + limit;
  const byAge =
    keepMs > 0 ? await firstYoung(db, room, { first, end, after: now - keepMs }) : first;
  const stays = Math.min(Math.max(byCount, byAge), seq, end);
  if (stays <= first) return 0;
  await db
    .deleteFrom('events')
    .where('room', '=', room)
    .where('seq', '>=', first)
    .where('seq', '<', stays)
    .execute();
  await onTrimmed?.(room, stays);
  return stays - first;
};

/** Deletes what rooms from a name on keep no longer; gives the room to go on with, if there may be more. */
export const trim = async (
  db: Db,
  from: string,
  now: number,
  onTrimmed?: OnTrimmed,
): Promise<string | undefined> => {
  const { rows: rooms } = await trimmedRooms(from).execute(db);
  let left = TRIMMED_EVENTS;
  for (const it of rooms.slice(0, TRIMMED_ROOMS)) {
    left -= await trimRoom(db, it, { now, limit: left, onTrimmed });
    if (left === 0) return it.room;
  }
  return rooms[TRIMMED_ROOMS]?.room;
};
