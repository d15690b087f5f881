import {
  type CommandInfo,
  type Event,
  type EventPage,
  type EventQuery,
  limits,
} from '@partyline/protocol';
import { CamelCasePlugin, type Kysely } from 'kysely';
import { accountCalled, accountsAfter } from './accounts.ts';
import { eventOf } from './event-of.ts';
import type { Flavour } from './flavour.ts';
import { hookReader } from './hooks/reader.ts';
import { membersOf } from './members.ts';
import { moderationReader } from './moderation/reader.ts';
import { lookUpPeople } from './people.ts';
import type { Reader, SessionInfo } from './port.ts';
import { roomInfo } from './room-info.ts';
import type { AccountRow, EventKey, EventRow } from './rows.ts';
import type { Database } from './schema.ts';
import { type Hit, type Hits, lookUp, type Search } from './search/searching.ts';
import { later } from './statements/later.ts';
import { referred } from './statements/referred.ts';
import { selectBy } from './statements/select-by.ts';
import { selectByKey } from './statements/select-by-key.ts';
import { accountsTable, eventsTable } from './tables.ts';
import { tokenReader } from './tokens/reader.ts';
import { watchReader } from './watches/reader.ts';

/** Rows read at once; a page of long texts ends long before its limit. */
const SLICE_ROWS = 64;

type StoredEvent = Database['events'];

type Direction = Extract<EventQuery, { after: number } | { before: number }>;

const decoded = ({ mentions, card, ...row }: StoredEvent): EventRow => ({
  ...row,
  mentions: mentions === null ? null : JSON.parse(mentions),
  card: card === null ? null : JSON.parse(card),
});

const bytesOf = ({ text, mentions, card }: StoredEvent): number =>
  Buffer.byteLength(text) + Buffer.byteLength(mentions ?? '') + Buffer.byteLength(card ?? '');

/** Reads what is committed, over a connection of its own. */
export const createReader = (
  connection: Kysely<Database>,
  epoch: string,
  flavour: Flavour,
  find: (search: Search) => Promise<Hits>,
): Reader => {
  const referredEvents = referred(flavour);
  const accountsById = selectBy(flavour, accountsTable, 'account');
  const eventsByKey = selectByKey<EventRow, EventKey>(flavour, eventsTable);
  const changesLater = later(flavour);
  const db = connection.withPlugin(new CamelCasePlugin());

  /** The first event that is still there; 0 in an empty room. */
  const firstOf = async (room: string): Promise<number> => {
    const row = await db
      .selectFrom('events')
      .select((it) => it.fn.min('seq').as('seq'))
      .where('room', '=', room)
      .executeTakeFirst();
    return row?.seq ?? 0;
  };

  /**
   * The last event before a time. Numbers have no holes and times never go back, so a few looks
   * into the primary key find it, 27 in a log of 100 million, and times need no index.
   */
  const lastBefore = async (room: string, at: number): Promise<number> => {
    const first = await firstOf(room);
    const head = await db
      .selectFrom('rooms')
      .select('seq')
      .where('room', '=', room)
      .executeTakeFirst();
    let [low, high] = [first - 1, (head?.seq ?? 0) + 1];
    while (low + 1 < high) {
      const middle = Math.floor((low + high) / 2);
      const row = await db
        .selectFrom('events')
        .select('at')
        .where('room', '=', room)
        .where('seq', '=', middle)
        .executeTakeFirst();
      // One that is gone by now was the oldest.
      if (row === undefined || row.at < at) low = middle;
      else high = middle;
    }
    return low;
  };

  const slice = (room: string, query: Direction, limit: number): Promise<StoredEvent[]> => {
    const events = db.selectFrom('events').selectAll().where('room', '=', room).limit(limit);
    return 'after' in query
      ? events.where('seq', '>', query.after).orderBy('seq', 'asc').execute()
      : events.where('seq', '<', query.before).orderBy('seq', 'desc').execute();
  };

  /** Ascending: from a seq on, or up to it. */
  const walk = async (
    room: string,
    query: Direction,
    most: number = limits.pageBytes,
  ): Promise<StoredEvent[]> => {
    const rows = await inReadingOrder(room, query, most);
    return 'before' in query ? rows.reverse() : rows;
  };

  const inReadingOrder = async (
    room: string,
    query: Direction,
    most: number,
  ): Promise<StoredEvent[]> => {
    const { limit } = query;
    const rows: StoredEvent[] = [];
    let bytes = 0;
    let from = query;
    while (rows.length < limit) {
      const part = await slice(room, from, Math.min(SLICE_ROWS, limit - rows.length));
      for (const row of part) {
        bytes += bytesOf(row);
        if (rows.length > 0 && bytes > most) return rows;
        rows.push(row);
      }
      const last = part.at(-1);
      if (last === undefined) return rows;
      from = 'after' in query ? { ...query, after: last.seq } : { ...query, before: last.seq };
    }
    return rows;
  };

  /**
   * The rows as events, with quotes of those that they refer to, as these were then, and the nicks
   * that their authors have registered.
   */
  const eventsOf = async (rows: readonly EventRow[]): Promise<Event[]> => {
    const asked = rows.flatMap(({ room, seq, ref }) =>
      ref === null ? [] : [{ room, seq: ref, before: seq }],
    );
    const quotes = new Map(
      (await referredEvents(db, asked)).map((it) => [`${it.room}\n${it.before}`, it]),
    );
    const authors = new Set(
      rows.flatMap(({ person, session }) => (person === session ? [] : person)),
    );
    const accountNicks = new Map(
      (await accountsById(db, authors))
        .filter((it) => it.bot === null)
        .map((it) => [it.account, it.nick]),
    );
    return rows.map((row) =>
      eventOf(row, quotes.get(`${row.room}\n${row.seq}`), accountNicks.get(row.person)),
    );
  };

  /** As many before a seq as from it on; where one side has fewer, the page is shorter. */
  const around = async (room: string, seq: number, limit: number): Promise<StoredEvent[]> => {
    const most = limits.pageBytes / 2;
    const half = Math.floor(limit / 2);
    const before = half === 0 ? [] : await walk(room, { before: seq, limit: half }, most);
    return [...before, ...(await walk(room, { after: seq - 1, limit: limit - half }, most))];
  };

  const rowsOf = async (room: string, query: EventQuery): Promise<StoredEvent[]> => {
    const limit = Math.min(query.limit, limits.pageEvents);
    if ('around' in query) return around(room, query.around, limit);
    if ('at' in query) return walk(room, { after: await lastBefore(room, query.at), limit });
    return walk(room, { ...query, limit });
  };

  /** What was said after some events and changes how they are shown. */
  const changesOf = (room: string, rows: readonly StoredEvent[]): Promise<readonly EventRow[]> => {
    const after = rows.at(-1)?.seq ?? 0;
    return changesLater(
      db,
      rows.map(({ seq: ref }) => ({ room, ref, after })),
    );
  };

  const page = async (room: string, query: EventQuery): Promise<EventPage> => {
    const rows = await rowsOf(room, query);
    // Read after the events, so that none of them is beyond the head.
    const head = await db
      .selectFrom('rooms')
      .select('seq')
      .where('room', '=', room)
      .executeTakeFirst();
    const isLast = rows.at(-1)?.seq === head?.seq;
    return {
      ...{ epoch, room, first: await firstOf(room), head: head?.seq ?? 0 },
      events: await eventsOf(rows.map(decoded)),
      ...(query.later && { later: isLast ? [] : await eventsOf(await changesOf(room, rows)) }),
    };
  };

  const roomsByMembers = () =>
    db
      .selectFrom('rooms')
      .selectAll()
      .where('room', 'not like', '~%')
      .orderBy('members', 'desc')
      .orderBy('room');

  const count = async (table: 'names' | 'accounts'): Promise<number> => {
    const counted = await db
      .selectFrom(table)
      .select((it) => it.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(counted.count);
  };

  const accounts = () => db.selectFrom('accounts').selectAll();
  const accountOf = (row: Database['accounts'] | undefined): AccountRow | undefined =>
    row && { ...row, bot: row.bot === null ? null : JSON.parse(row.bot) };

  const events = async (keys: readonly EventKey[]): Promise<readonly Event[]> =>
    eventsOf(await eventsByKey(db, keys));

  return {
    ...{ page, events },
    moderation: moderationReader(db),
    hooks: hookReader(db),
    watches: watchReader(db),
    tokens: tokenReader(db),
    answer: (key, now) =>
      db
        .selectFrom('answers')
        .selectAll()
        .where('key', '=', key)
        .where('until', '>', now)
        .executeTakeFirst(),
    rooms: async (limit, session) => {
      const own = db.selectFrom('members').select('room').where('session', '=', session);
      const rows = await roomsByMembers()
        .where((it) => it.or([it('visibility', '=', 'public'), it('room', 'in', own)]))
        .limit(limit)
        .execute();
      return rows.map(roomInfo);
    },
    roomsAfter: (after, limit) =>
      db
        .selectFrom('rooms')
        .selectAll()
        .where('room', '>', after)
        .where('room', 'not like', '~%')
        .orderBy('room')
        .limit(limit)
        .execute(),
    room: (room) => db.selectFrom('rooms').selectAll().where('room', '=', room).executeTakeFirst(),
    members: (room, limit) => membersOf(db, room, limit),
    people: (nameKeys, session) => lookUpPeople(db, nameKeys, session),
    accounts: (after, limit) => accountsAfter(db, after, limit),
    accountInfo: (nameKey) => accountCalled(db, nameKey),
    sessions: async (after, limit, account) => {
      const here = db
        .selectFrom('sessions')
        .selectAll()
        .where('session', '>', after)
        .where('state', 'in', ['live', 'detached'])
        .orderBy('session')
        .limit(limit);
      const rows = await (account === undefined
        ? here
        : here.where('person', '=', account)
      ).execute();
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
      return rows.map(({ rooms: _, bot: _bot, endpoints, commands, ...it }) => ({
        ...it,
        endpoints: JSON.parse(endpoints),
        commands: (JSON.parse(commands) as CommandInfo[]).map((it) => it.name),
        sessions: sessions.get(it.instance) ?? 0,
      }));
    },
    instanceRows: async () => {
      const rows = await db.selectFrom('instances').selectAll().orderBy('instance').execute();
      return rows.map(({ endpoints, commands, rooms, bot, ...it }) => ({
        ...it,
        ...{ endpoints: JSON.parse(endpoints), commands: JSON.parse(commands) },
        ...{ rooms: JSON.parse(rooms), bot: bot === null ? null : JSON.parse(bot) },
      }));
    },
    addressOf: async (session) => {
      const row = await db
        .selectFrom('sessions')
        .select('address')
        .where('session', '=', session)
        .where('state', 'in', ['live', 'detached'])
        .executeTakeFirst();
      return row?.address;
    },
    lockouts: (keys) => db.selectFrom('lockouts').selectAll().where('key', 'in', keys).execute(),
    roomsOf: async (session) => {
      const rows = await db
        .selectFrom('members')
        .select('room')
        .where('session', '=', session)
        .execute();
      return rows.map((it) => it.room);
    },
    markers: async (session, rooms) => {
      const own = db
        .selectFrom('markers')
        .innerJoin('sessions', 'sessions.account', 'markers.account')
        .where('sessions.session', '=', session)
        .selectAll('markers')
        .orderBy('markers.room');
      return (rooms === undefined ? own : own.where('markers.room', 'in', rooms)).execute();
    },
    search: async (search) => {
      let upTo = 0;
      const hits = async (part: Search): Promise<readonly Hit[]> => {
        const found = await find(part);
        upTo = found.upTo;
        return found.hits;
      };
      const found = await lookUp(search, hits, events);
      return search.rooms?.length === 1 ? { ...found, upTo } : found;
    },
    accountByName: async (nameKey) =>
      accountOf(await accounts().where('nameKey', '=', nameKey).executeTakeFirst()),
    accountByCertificate: async (fingerprint) => {
      const row = await accounts()
        .where('account', '=', (it) =>
          it.selectFrom('certificates').select('account').where('fingerprint', '=', fingerprint),
        )
        .executeTakeFirst();
      return accountOf(row);
    },
    certificates: (account) =>
      db
        .selectFrom('certificates')
        .selectAll()
        .where('account', '=', account)
        .orderBy('addedAt')
        .orderBy('fingerprint')
        .execute(),
    accountOf: async (session) => {
      const row = await db
        .selectFrom('sessions')
        .select('account')
        .where('session', '=', session)
        .where('state', 'in', ['live', 'detached'])
        .executeTakeFirst();
      return row?.account;
    },
    account: async (id) => accountOf(await accounts().where('account', '=', id).executeTakeFirst()),
    bots: async () => {
      const rows = await accounts().where('bot', 'is not', null).orderBy('nameKey').execute();
      return rows.flatMap((it) => accountOf(it) ?? []);
    },
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
