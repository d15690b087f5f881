import { type EventPage, type EventQuery, limits } from '@partyline/protocol';
import { CamelCasePlugin, type Kysely } from 'kysely';
import type { Reader, SessionInfo } from './port.ts';
import type { EventRow } from './rows.ts';
import type { Database } from './schema.ts';

/** Rows read at once; a page of long texts ends long before its limit. */
const SLICE_ROWS = 64;

const bytesOf = (row: EventRow): number => Buffer.byteLength(row.text);

const eventOf = ({ to, ...event }: EventRow) => (to === null ? event : { ...event, to });

/** Reads what is committed, over a connection of its own. */
export const createReader = (connection: Kysely<Database>, epoch: string): Reader => {
  const db = connection.withPlugin(new CamelCasePlugin());

  const slice = (room: string, query: EventQuery, limit: number): Promise<EventRow[]> => {
    const events = db.selectFrom('events').selectAll().where('room', '=', room).limit(limit);
    return 'after' in query
      ? events.where('seq', '>', query.after).orderBy('seq', 'asc').execute()
      : events.where('seq', '<', query.before).orderBy('seq', 'desc').execute();
  };

  /** In reading order: from the seq that was asked for, in either direction. */
  const walk = async (room: string, query: EventQuery): Promise<EventRow[]> => {
    const limit = Math.min(query.limit, limits.pageEvents);
    const rows: EventRow[] = [];
    let bytes = 0;
    let from = query;
    while (rows.length < limit) {
      const part = await slice(room, from, Math.min(SLICE_ROWS, limit - rows.length));
      for (const row of part) {
        bytes += bytesOf(row);
        if (rows.length > 0 && bytes > limits.pageBytes) return rows;
        rows.push(row);
      }
      const last = part.at(-1);
      if (last === undefined) return rows;
      from = 'after' in query ? { ...query, after: last.seq } : { ...query, before: last.seq };
    }
    return rows;
  };

  const page = async (room: string, query: EventQuery): Promise<EventPage> => {
    const rows = await walk(room, query);
    if ('before' in query) rows.reverse();
    // Read after the events, so that none of them is beyond the head.
    const head = await db
      .selectFrom('rooms')
      .select('seq')
      .where('room', '=', room)
      .executeTakeFirst();
    const first = await db
      .selectFrom('events')
      .select((it) => it.fn.min('seq').as('seq'))
      .where('room', '=', room)
      .executeTakeFirst();
    return {
      ...{ epoch, room, first: first?.seq ?? 0, head: head?.seq ?? 0 },
      events: rows.map(eventOf),
    };
  };

  const count = async (table: 'names' | 'accounts'): Promise<number> => {
    const counted = await db
      .selectFrom(table)
      .select((it) => it.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(counted.count);
  };

  return {
    page,
    rooms: async (limit) => {
      const rows = await db
        .selectFrom('rooms')
        .select(['room', 'members', 'seq', 'topic'])
        .where('room', 'not like', '~%')
        .orderBy('members', 'desc')
        .orderBy('room')
        .limit(limit)
        .execute();
      return rows.map(({ topic, ...it }) => (topic === null ? it : { ...it, topic }));
    },
    room: (room) => db.selectFrom('rooms').selectAll().where('room', '=', room).executeTakeFirst(),
    members: async (room, limit) => {
      const rows = await db
        .selectFrom('members')
        .innerJoin('sessions', 'sessions.session', 'members.session')
        .where('members.room', '=', room)
        .select(['sessions.person', 'sessions.nick', 'sessions.account'])
        .groupBy(['sessions.person', 'sessions.nick', 'sessions.account'])
        .orderBy('sessions.nick')
        .limit(limit)
        .execute();
      const found = await db
        .selectFrom('rooms')
        .select('members')
        .where('room', '=', room)
        .executeTakeFirst();
      return {
        count: found?.members ?? 0,
        members: rows.map(({ nick, account }) => (account === null ? { nick } : { nick, account })),
      };
    },
    sessions: async (after, limit) => {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('session', '>', after)
        .where('state', 'in', ['live', 'detached'])
        .orderBy('session')
        .limit(limit)
        .execute();
      const ids = rows.map((it) => it.session);
      const members =
        ids.length === 0
          ? []
          : await db.selectFrom('members').selectAll().where('session', 'in', ids).execute();
      const roomsOf = Map.groupBy(members, (it) => it.session);
      return rows.map(
        ({ session, nick, account, state, instance, wire, address, openedAt }): SessionInfo => ({
          ...{ session, nick },
          ...(account !== null && { account }),
          ...{ state: state === 'live' ? 'live' : 'detached', instance, wire },
          ...(address !== null && { address }),
          ...{ openedAt, rooms: (roomsOf.get(session) ?? []).map((it) => it.room) },
        }),
      );
    },
    instances: async () => {
      const rows = await db.selectFrom('instances').selectAll().orderBy('instance').execute();
      const counts = await db
        .selectFrom('sessions')
        .where('state', 'in', ['live', 'detached'])
        .groupBy('instance')
        .select((it) => ['instance', it.fn.countAll<number>().as('sessions')])
        .execute();
      const sessions = new Map(counts.map((it) => [it.instance, Number(it.sessions)]));
      return rows.map(({ rooms: _, endpoints, commands, ...it }) => ({
        ...it,
        endpoints: JSON.parse(endpoints),
        commands: JSON.parse(commands),
        sessions: sessions.get(it.instance) ?? 0,
      }));
    },
    accountByName: (nameKey) =>
      db.selectFrom('accounts').selectAll().where('nameKey', '=', nameKey).executeTakeFirst(),
    totals: async () => {
      const rooms = await db
        .selectFrom('rooms')
        .select((it) => [
          it.fn.countAll<number>().as('rooms'),
          it.fn.sum<number>('seq').as('events'),
        ])
        .executeTakeFirstOrThrow();
      const sessions = await db
        .selectFrom('sessions')
        .select((it) => it.fn.countAll<number>().as('count'))
        .where('state', 'in', ['live', 'detached'])
        .executeTakeFirstOrThrow();
      return {
        online: await count('names'),
        sessions: Number(sessions.count),
        rooms: Number(rooms.rooms),
        events: Number(rooms.events ?? 0),
        accounts: await count('accounts'),
      };
    },
  };
};
