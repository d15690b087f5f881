import { EVERYWHERE, isPairRoom, pairRoom, type Role } from '@partyline/protocol';
import type { Kysely } from 'kysely';
import type { FoundPerson } from './port.ts';
import type { Away, SessionRow } from './rows.ts';
import type { Database } from './schema.ts';

/** What is known of a person, as far as whoever asks may see it. */
export type Known = {
  readonly person: string;
  readonly nick: string;
  readonly accountNick: string | undefined;
  readonly sessions: readonly Pick<SessionRow, 'realName' | 'away' | 'openedAt'>[];
  /** Rooms that whoever asks may know of. */
  readonly rooms: Iterable<string>;
  readonly roleIn: (room: string) => Role | undefined;
};

/** Who asks: a person, and where it is. */
export type Asker = { readonly person: string | undefined; readonly rooms: ReadonlySet<string> };

/** A person as told to another one, or to nobody in particular. */
export const foundPerson = (
  { person, nick, accountNick, sessions, rooms, roleIn }: Known,
  asker: Asker,
): FoundPerson => {
  const { away, realName } = sessions[0] ?? { away: null, realName: null };
  const places = [...new Set(rooms)].filter((it) => !isPairRoom(it)).sort();
  const roles = places.flatMap((room) => {
    const role = roleIn(room);
    return role === undefined ? [] : [[room, role] as const];
  });
  const info = {
    ...{ nick, online: sessions.length > 0 },
    ...(accountNick !== undefined && { accountNick }),
    ...(realName !== null && { realName }),
    ...(away && { away: away.text }),
    ...(sessions.length > 0 && { since: Math.min(...sessions.map((it) => it.openedAt)) }),
    rooms: places,
    ...(roles.length > 0 && { roles: Object.fromEntries(roles) }),
    ...(asker.person !== undefined && { pair: pairRoom(asker.person, person) }),
  };
  const isNear = person === asker.person || places.some((it) => asker.rooms.has(it));
  return { person, isNear, info };
};

/** What people have registered, and what they are in rooms. */
const standingsOf = async (db: Kysely<Database>, persons: readonly string[]) => {
  const accounts = await db
    .selectFrom('accounts')
    .select(['account', 'nick'])
    .where('account', 'in', persons)
    .execute();
  const roles = await db.selectFrom('roles').selectAll().where('person', 'in', persons).execute();
  const roleOf = (person: string, room: string): Role | undefined =>
    roles.find((it) => it.person === person && it.room === room)?.role as Role | undefined;
  return {
    nicks: new Map(accounts.map((it) => [it.account, it.nick])),
    roleIn: (person: string) => (room: string) =>
      roleOf(person, EVERYWHERE) ?? roleOf(person, room),
  };
};

/** Looks people up by the keys of their nicks, in a fixed number of queries. */
export const lookUpPeople = async (
  db: Kysely<Database>,
  nameKeys: readonly string[],
  session: string,
): Promise<readonly FoundPerson[]> => {
  if (nameKeys.length === 0) return [];
  const [asker] = await db
    .selectFrom('sessions')
    .select('person')
    .where('session', '=', session)
    .execute();
  const held = await db.selectFrom('names').selectAll().where('nameKey', 'in', nameKeys).execute();
  const registered = await db
    .selectFrom('accounts')
    .select(['account', 'nick', 'nameKey'])
    .where('nameKey', 'in', nameKeys)
    .execute();
  const absent = registered
    .filter((it) => !held.some((holder) => holder.nameKey === it.nameKey))
    .map((it) => ({ ...it, person: it.account }));
  const found = [...held, ...absent];
  if (found.length === 0) return [];
  const persons = found.map((it) => it.person);
  const { nicks, roleIn } = await standingsOf(db, persons);
  const sessions = await db
    .selectFrom('sessions')
    .select(['session', 'person', 'nick', 'realName', 'away', 'openedAt'])
    .where('person', 'in', persons)
    .where('state', 'in', ['live', 'detached'])
    .execute();
  const ids = sessions.map((it) => it.session);
  const own = db.selectFrom('members').select('room').where('session', '=', session);
  const asking: Asker = {
    person: asker?.person,
    rooms: new Set((await own.execute()).map((it) => it.room)),
  };
  const places =
    ids.length === 0
      ? []
      : await db
          .selectFrom('members')
          .innerJoin('rooms', 'rooms.room', 'members.room')
          .select(['members.session', 'members.room'])
          .where('members.session', 'in', ids)
          .where((it) => it.or([it('visibility', '=', 'public'), it('members.room', 'in', own)]))
          .execute();
  return found.map(({ person, nick }) => {
    const theirs = sessions.filter((it) => it.person === person);
    const here = new Set(theirs.map((it) => it.session));
    return foundPerson(
      {
        ...{ person, nick: theirs[0]?.nick ?? nick, accountNick: nicks.get(person) },
        sessions: theirs.map((it) => ({
          away: it.away === null ? null : (JSON.parse(it.away) as Away),
          ...{ realName: it.realName, openedAt: it.openedAt },
        })),
        rooms: places.filter((it) => here.has(it.session)).map((it) => it.room),
        roleIn: roleIn(person),
      },
      asking,
    );
  });
};
