import { EVERY_PUBLIC_ROOM } from '@partyline/protocol';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import type { HookReader } from './port.ts';

/** Reads outgoing webhooks, and how far they are, as it is committed. */
export const hookReader = (db: Kysely<Database>): HookReader => ({
  hooks: async () => {
    const rows = await db
      .selectFrom('hooks')
      .selectAll()
      .orderBy('createdAt')
      .orderBy('hook')
      .execute();
    return rows.map(({ rooms, kinds, lastRefusal, ...it }) => ({
      ...it,
      ...{ rooms: JSON.parse(rooms), kinds: JSON.parse(kinds) },
      lastRefusal: lastRefusal === null ? null : JSON.parse(lastRefusal),
    }));
  },
  cursor: async (hook, room) => {
    const row = await db
      .selectFrom('deliveries')
      .select('seq')
      .where('room', '=', room)
      .where('hook', '=', hook)
      .executeTakeFirst();
    return row?.seq ?? 0;
  },
  behind: async ({ hook, rooms }, limit) => {
    const isForAll = rooms.includes(EVERY_PUBLIC_ROOM);
    const rows = await db
      .selectFrom('rooms')
      .leftJoin('deliveries', (join) =>
        join.onRef('deliveries.room', '=', 'rooms.room').on('deliveries.hook', '=', hook),
      )
      .select('rooms.room')
      .where('rooms.room', 'not like', '~%')
      .where((it) => it('rooms.seq', '>', it.fn.coalesce('deliveries.seq', it.val(0))))
      .where((it) => {
        const isNamed = it('rooms.room', 'in', rooms);
        return isForAll ? it.or([isNamed, it('rooms.visibility', '=', 'public')]) : isNamed;
      })
      .orderBy('rooms.room')
      .limit(limit)
      .execute();
    return rows.map((it) => it.room);
  },
});
