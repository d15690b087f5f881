import { isPairRoom } from '@partyline/protocol';
import { sql } from 'kysely';
import type { Retention } from '../retention.ts';
import type { Db } from './statement.ts';
import { type OnTrimmed, TRIMMED_EVENTS, trimRoom } from './trim.ts';

/** Rooms that one transaction looks at: one look into an index each. */
const LOOKED_AT_ROOMS = 256;
/** Entries of the audit log that one transaction deletes. */
const EXPIRED_ENTRIES = 1_000;

type Log = { readonly room: string; readonly seq: number; readonly firstAt: number | null };

const logs = (from: string) => sql<Log>`
  select rooms.room, rooms.seq, (
    select events.at from events where events.room = rooms.room order by events.seq limit 1
  ) as "firstAt"
  from rooms where rooms.room >= ${from}
  order by rooms.room limit ${sql.lit(LOOKED_AT_ROOMS + 1)}`;

/**
 * Deletes what no log from a room on is to hold any longer, whatever rooms are set to; gives the
 * room to go on with, if there may be more.
 */
export const expire = async (
  db: Db,
  from: string,
  { now, retention }: { readonly now: number; readonly retention: Retention },
  onTrimmed?: OnTrimmed,
): Promise<string | undefined> => {
  const { rows } = await logs(from).execute(db);
  let left = TRIMMED_EVENTS;
  for (const { room, seq, firstAt } of rows.slice(0, LOOKED_AT_ROOMS)) {
    const keepMs = isPairRoom(room) ? retention.privateMs : retention.roomsMs;
    if (keepMs === 0 || firstAt === null || firstAt > now - keepMs) continue;
    left -= await trimRoom(
      db,
      { room, seq, keepMs, keepCount: 0 },
      { now, limit: left, onTrimmed },
    );
    if (left === 0) return room;
  }
  return rows[LOOKED_AT_ROOMS]?.room;
};

/**
 * Deletes the oldest entries of the audit log, those up to a time, and says whether there may be
 * more. The last one always stays, so that numbers go on.
 */
export const expireAudit = async (db: Db, upTo: number): Promise<boolean> => {
  const { rows } = await sql`
    delete from audit where n in (
      select n from audit where at <= ${upTo} and n < (select max(n) from audit)
      order by n limit ${sql.lit(EXPIRED_ENTRIES)}
    ) returning n`.execute(db);
  return rows.length === EXPIRED_ENTRIES;
};
