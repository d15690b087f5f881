import {
  beginningOf,
  EVERYWHERE,
  type Event,
  type EventQuery,
  isPairRoom,
  limits,
} from '@partyline/protocol';
import { eventOf } from '../event-of.ts';
import { memberInfo } from '../members.ts';
import { foundPerson } from '../people.ts';
import type { AccountInfo, Reader, Store, Transaction } from '../port.ts';
import { roomInfo } from '../room-info.ts';
import type { EventKey, EventRow, Referred, RoomRow, SessionRow } from '../rows.ts';
import { type Hit, lookUp, type Search } from '../search/searching.ts';
import { watchKey } from '../watches/rows.ts';
import { hookReaderOn } from './hooks.ts';
import { moderationQueriesOn, moderationReaderOn } from './moderation.ts';
import { applyTo, emptyTables, type Tables } from './tables.ts';
import { tokenReaderOn } from './tokens.ts';
import { watchReaderOn } from './watches.ts';

const isHere = (it: SessionRow): boolean => it.state !== 'ended';

const among = <Row>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => string,
  keys: Iterable<string>,
): Row[] => {
  const wanted = new Set(keys);
  return [...rows].filter((row) => wanted.has(keyOf(row)));
};

/** What events that refer to one tell of it, as it was before the event `before`. */
const referredIn = (
  log: readonly EventRow[],
  seq: number,
  before = Number.POSITIVE_INFINITY,
): Referred | undefined => {
  const found = log.find((it) => it.seq === seq);
  if (found === undefined) return undefined;
  const edit = log.findLast((it) => it.kind === 'edit' && it.ref === seq && it.seq < before);
  const { room, at, kind, person, nick, to, text } = found;
  return { room, seq, at, kind, person, nick, to, text: beginningOf(edit?.text ?? text) };
};

const transactionOn = (tables: Tables): Transaction => {
  const { rooms, events, sessions, names, members, instances, accounts, cursors } = tables;
  const liveOf = (instance: string): Set<string> => {
    const live = [...sessions.values()].filter(
      (it) => it.instance === instance && it.state === 'live',
    );
    return new Set(live.map((it) => it.session));
  };
  return {
    sessions: async (ids) => among(sessions.values(), (it) => it.session, ids),
    sessionsOfPersons: async (persons) =>
      among(sessions.values(), (it) => it.person, persons).filter(isHere),
    resumable: async (persons) =>
      among(sessions.values(), (it) => it.person, persons).filter((it) => !isHere(it)),
    sessionsOfInstances: async (ids, limit) =>
      among(sessions.values(), (it) => it.instance, ids)
        .filter(isHere)
        .slice(0, limit),
    sessionsDue: async (now, limit) =>
      [...sessions.values()].filter((it) => it.until !== null && it.until <= now).slice(0, limit),
    instances: async (ids) => among(instances.values(), (it) => it.instance, ids),
    allInstances: async () => [...instances.values()],
    names: async (keys) => among(names.values(), (it) => it.nameKey, keys),
    accounts: async (ids) => among(accounts.values(), (it) => it.account, ids),
    accountsByName: async (keys) => among(accounts.values(), (it) => it.nameKey, keys),
    accountsBySkeleton: async (them) => among(accounts.values(), (it) => it.skeleton, them),
    certificates: async (ids) => among(tables.certificates.values(), (it) => it.fingerprint, ids),
    certificatesOf: async (them) => among(tables.certificates.values(), (it) => it.account, them),
    lockouts: async (keys) => among(tables.lockouts.values(), (it) => it.key, keys),
    lockoutsBefore: async (at, limit) =>
      [...tables.lockouts.values()].filter((it) => it.at <= at).slice(0, limit),
    waiting: async (them) =>
      among(cursors.values(), (it) => it.account, them).filter(
        (it) => (rooms.get(it.room)?.seq ?? 0) > it.seq,
      ),
    markers: async (keys) =>
      keys.flatMap(({ room, account }) => tables.markers.get(`${room}\n${account}`) ?? []),
    members: async (ids) => among(members.values(), (it) => it.session, ids),
    rooms: async (wanted) => among(rooms.values(), (it) => it.room, wanted),
    invitations: async (keys) =>
      keys.flatMap(({ room, person }) => tables.invitations.get(`${room}\n${person}`) ?? []),
    untold: async (persons) =>
      among(tables.invitations.values(), (it) => it.person, persons).filter((it) => it.told === 0),
    published: async (keys) =>
      keys.flatMap(({ room, person, id }) =>
        (events.get(room) ?? []).filter((it) => it.person === person && it.id === id),
      ),
    referred: async (keys) =>
      keys.flatMap(({ room, seq }) => referredIn(events.get(room) ?? [], seq) ?? []),
    reactions: async (keys) =>
      keys.flatMap((key) => {
        const { room, ref, person, text } = key;
        const last = (events.get(room) ?? []).findLast(
          (it) =>
            (it.kind === 'react' || it.kind === 'unreact') &&
            it.ref === ref &&
            it.person === person &&
            it.text === text,
        );
        return last === undefined ? [] : { ...key, kind: last.kind, seq: last.seq, at: last.at };
      }),
    reading: async (instance) => {
      const live = liveOf(instance);
      const theirs = [...members.values()].filter((it) => live.has(it.session));
      return Array.from(
        Map.groupBy(theirs, (it) => it.room),
        ([room, its]) => ({ room, sessions: its.length, seq: rooms.get(room)?.seq ?? 0 }),
      );
    },
    pairs: async (instance) => {
      const live = liveOf(instance);
      return [...members.values()].filter((it) => live.has(it.session) && isPairRoom(it.room));
    },
    nicks: async (instance) => {
      const live = liveOf(instance);
      return [...sessions.values()].flatMap(({ session, nick, account }) =>
        live.has(session) && account !== null ? { session, nick } : [],
      );
    },
    online: async () => names.size,
    trim: async (from, now) => {
      for (const { room, seq, keepMs, keepCount } of rooms.values()) {
        if (room < from) continue;
        const stays = (it: EventRow): boolean =>
          it.seq === seq ||
          ((keepMs === 0 || it.at > now - keepMs) && (keepCount === 0 || it.seq > seq - keepCount));
        events.set(room, (events.get(room) ?? []).filter(stays));
      }
      return undefined;
    },
    expire: async (from, { now, retention }) => {
      for (const { room, seq } of rooms.values()) {
        const keepMs = isPairRoom(room) ? retention.privateMs : retention.roomsMs;
        if (room < from || keepMs === 0) continue;
        const stays = (it: EventRow): boolean => it.seq === seq || it.at > now - keepMs;
        events.set(room, (events.get(room) ?? []).filter(stays));
      }
      return undefined;
    },
    expireAudit: async (upTo) => {
      const { audit } = tables.moderation;
      const last = Math.max(...audit.keys());
      for (const { n, at } of audit.values()) if (at <= upTo && n < last) audit.delete(n);
      return false;
    },
    hooks: async (ids) => among(tables.hooks.hooks.values(), (it) => it.hook, ids),
    watches: async (keys) => among(tables.watches.values(), watchKey, keys.map(watchKey)),
    tokens: async (names) => among(tables.tokens.values(), (it) => it.name, names),
    allWatches: async () => [...tables.watches.values()],
    moderation: moderationQueriesOn(tables),
    apply: async (changes) => applyTo(tables, changes),
    keep: async (answer, now) => {
      for (const [key, it] of tables.answers) if (it.until <= now) tables.answers.delete(key);
      tables.answers.set(answer.key, answer);
    },
  };
};

/** A row as an event, with a quote of what it refers to, as this was then. */
const quotedIn =
  (log: readonly EventRow[], accounts: Tables['accounts']) =>
  (row: EventRow): Event => {
    const author = accounts.get(row.person);
    return eventOf(
      row,
      row.ref === null ? undefined : referredIn(log, row.ref, row.seq),
      author?.bot === null ? author.nick : undefined,
    );
  };

/** What was said after some events and changes how they are shown. */
const laterIn = (log: readonly EventRow[], events: readonly EventRow[]): readonly EventRow[] => {
  const last = events.at(-1)?.seq ?? 0;
  const seqs = new Set(events.map(({ seq }) => seq));
  const found = log.filter(({ seq, ref }) => seq > last && ref !== null && seqs.has(ref));
  const edits = new Map(found.filter(({ kind }) => kind === 'edit').map((it) => [it.ref, it]));
  const reactions = found.filter(({ kind }) => kind === 'react' || kind === 'unreact');
  return [...edits.values(), ...reactions.slice(-limits.pageEvents)].sort((a, b) => a.seq - b.seq);
};

const eventsOf = (
  log: readonly EventRow[],
  query: EventQuery,
  limit: number,
): readonly EventRow[] => {
  if ('after' in query) return log.filter((it) => it.seq > query.after).slice(0, limit);
  if ('before' in query) return log.filter((it) => it.seq < query.before).slice(-limit);
  if ('at' in query) return log.filter((it) => it.at >= query.at).slice(0, limit);
  const half = Math.floor(limit / 2);
  const before = log.filter((it) => it.seq < query.around);
  const after = log.filter((it) => it.seq >= query.around);
  return [
    ...before.slice(before.length - Math.min(half, before.length)),
    ...after.slice(0, limit - half),
  ];
};

const readerOn = (tables: Tables, epoch: string): Reader => {
  const { rooms, sessions, members, instances, accounts, names } = tables;
  const eventsAt = async (keys: readonly EventKey[]): Promise<readonly Event[]> =>
    keys.flatMap(({ room, seq }) => {
      const log = tables.events.get(room) ?? [];
      return log.filter((it) => it.seq === seq).map(quotedIn(log, accounts));
    });
  const here = (): SessionRow[] => [...sessions.values()].filter(isHere);
  const sessionsIn = (room: string): SessionRow[] =>
    [...members.values()].flatMap((it) => (it.room === room && sessions.get(it.session)) || []);
  const accountInfos = (): AccountInfo[] =>
    [...accounts.values()]
      .filter((it) => it.bot === null)
      .sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1))
      .map(({ account, nick, nameKey, createdAt }) => ({
        ...{ account, nick, nameKey, createdAt },
        isOperator: tables.moderation.roles.has(`${EVERYWHERE}\n${account}`),
        sessions: here().filter((it) => it.person === account).length,
      }));
  const roleIn = (room: string, person: string) => {
    const { roles } = tables.moderation;
    return (roles.get(`${EVERYWHERE}\n${person}`) ?? roles.get(`${room}\n${person}`))?.role;
  };
  const byMembers = (): RoomRow[] =>
    [...rooms.values()]
      .filter((it) => !isPairRoom(it.room))
      .sort((a, b) => b.members - a.members || (a.room < b.room ? -1 : 1));
  return {
    moderation: moderationReaderOn(tables),
    hooks: hookReaderOn(tables),
    watches: watchReaderOn(tables.watches),
    tokens: tokenReaderOn(tables.tokens),
    answer: async (key, now) => {
      const found = tables.answers.get(key);
      return found !== undefined && found.until > now ? found : undefined;
    },
    events: eventsAt,
    page: async (room, query) => {
      const log = tables.events.get(room) ?? [];
      const limit = Math.min(query.limit, limits.pageEvents);
      const events = eventsOf(log, query, limit);
      const [first, head] = [log[0]?.seq ?? 0, rooms.get(room)?.seq ?? 0];
      const quoted = quotedIn(log, accounts);
      return {
        ...{ epoch, room, first, head, events: events.map(quoted) },
        ...(query.later && { later: laterIn(log, events).map(quoted) }),
      };
    },
    rooms: async (limit, session) =>
      byMembers()
        .filter((it) => it.visibility === 'public' || members.has(`${it.room}\n${session}`))
        .slice(0, limit)
        .map(roomInfo),
    roomsAfter: async (after, limit) =>
      byMembers()
        .filter((it) => it.room > after)
        .sort((a, b) => (a.room < b.room ? -1 : 1))
        .slice(0, limit),
    room: async (room) => rooms.get(room),
    members: async (room, limit) => {
      const persons = new Map(sessionsIn(room).map((it) => [it.person, it]));
      const people = [...persons.values()].sort((a, b) => (a.nick < b.nick ? -1 : 1));
      return {
        count: rooms.get(room)?.members ?? 0,
        members: people
          .slice(0, limit)
          .map((it) =>
            memberInfo(it, accounts.get(it.account ?? '')?.nick, roleIn(room, it.person)),
          ),
      };
    },
    people: async (nameKeys, session) =>
      nameKeys.flatMap((key) => {
        const owner = [...accounts.values()].find((it) => it.nameKey === key);
        const holder = names.get(key);
        const person = holder?.person ?? owner?.account;
        const nick = holder?.nick ?? owner?.nick;
        if (person === undefined || nick === undefined) return [];
        const theirs = here().filter((it) => it.person === person);
        const mayKnow = (room: string): boolean =>
          rooms.get(room)?.visibility === 'public' || members.has(`${room}\n${session}`);
        const [one] = theirs;
        return foundPerson(
          {
            ...{ person, nick: one?.nick ?? nick },
            accountNick: accounts.get(person)?.nick,
            sessions: theirs,
            roleIn: (room) => roleIn(room, person),
            rooms: [...members.values()]
              .filter((it) => theirs.some(({ session }) => session === it.session))
              .map((it) => it.room)
              .filter(mayKnow),
          },
          {
            person: sessions.get(session)?.person,
            rooms: new Set(
              [...members.values()].filter((it) => it.session === session).map((it) => it.room),
            ),
          },
        );
      }),
    accounts: async (after, limit) =>
      accountInfos()
        .filter((it) => it.nameKey > after)
        .slice(0, limit),
    accountInfo: async (nameKey) => accountInfos().find((it) => it.nameKey === nameKey),
    sessions: async (after, limit, account) =>
      here()
        .filter((it) => it.session > after && (account === undefined || it.person === account))
        .sort((a, b) => (a.session < b.session ? -1 : 1))
        .slice(0, limit)
        .map(({ session, nick, account, state, instance, wire, address, openedAt }) => ({
          ...{ session, nick },
          ...(account !== null && { account }),
          ...{ state: state === 'live' ? ('live' as const) : ('detached' as const) },
          ...{ instance, wire, ...(address !== null && { address }), openedAt },
          rooms: [...members.values()].flatMap((it) => (it.session === session ? it.room : [])),
        })),
    instances: async () =>
      [...instances.values()].map(({ rooms: _, bot: _bot, commands, ...it }) => ({
        ...it,
        commands: commands.map(({ name }) => name),
        sessions: here().filter((session) => session.instance === it.instance).length,
      })),
    instanceRows: async () => [...instances.values()],
    addressOf: async (session) => here().find((it) => it.session === session)?.address,
    lockouts: async (keys) => among(tables.lockouts.values(), (it) => it.key, keys),
    roomsOf: async (session) =>
      [...members.values()].flatMap((it) => (it.session === session ? it.room : [])),
    markers: async (session, wanted) => {
      const account = sessions.get(session)?.account;
      return [...tables.markers.values()]
        .filter((it) => it.account === account && (wanted?.includes(it.room) ?? true))
        .sort((a, b) => (a.room < b.room ? -1 : 1));
    },
    search: async (search) => {
      const all = [...tables.events.values()].flat().sort((a, b) => a.at - b.at);
      const hits = async ({ rooms: wanted, before, limit }: Search): Promise<Hit[]> =>
        all
          .map(({ room, seq }, index) => ({ position: index + 1, room, seq }))
          .filter((it) => wanted?.includes(it.room) ?? true)
          .filter((it) => it.position < (before ?? Number.MAX_SAFE_INTEGER))
          .slice(-limit)
          .reverse();
      const found = await lookUp(search, hits, eventsAt);
      const [room = ''] = search.rooms ?? [];
      return search.rooms?.length === 1 ? { ...found, upTo: rooms.get(room)?.seq ?? 0 } : found;
    },
    accountByName: async (nameKey) => [...accounts.values()].find((it) => it.nameKey === nameKey),
    account: async (id) => accounts.get(id),
    accountByCertificate: async (fingerprint) =>
      accounts.get(tables.certificates.get(fingerprint)?.account ?? ''),
    certificates: async (account) =>
      [...tables.certificates.values()]
        .filter((it) => it.account === account)
        .sort((a, b) => a.addedAt - b.addedAt || (a.fingerprint < b.fingerprint ? -1 : 1)),
    accountOf: async (session) => here().find((it) => it.session === session)?.account,
    bots: async () =>
      [...accounts.values()]
        .filter((it) => it.bot !== null)
        .sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1)),
    totals: async () => ({
      online: names.size,
      sessions: here().length,
      rooms: rooms.size,
      events: [...rooms.values()].reduce((sum, it) => sum + it.seq, 0),
      accounts: accounts.size,
    }),
  };
};

/** A store that keeps nothing: for tests of what is decided. */
export const createMemoryStore = (): Store & { readonly tables: Tables } => {
  const tables = emptyTables();
  const epoch = '0123456789abcdef';
  return {
    ...{ tables, epoch },
    read: readerOn(tables, epoch),
    size: async () => ({ kind: 'memory', bytes: 0, searchWaiting: 0 }),
    write: (work) => work(transactionOn(tables)),
    [Symbol.asyncDispose]: async () => {},
  };
};
