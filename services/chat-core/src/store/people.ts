import { isPairRoom, type PersonInfo, pairRoom } from '@partyline/protocol';
import type { Kysely } from 'kysely';
import type { Away } from './rows.ts';
import type { Database } from './schema.ts';

/** What is known of a person, as far as whoever asks may see it. */
export type Known = {
  readonly person: string;
  readonly nick: string;
  readonly account: string | null;
  readonly sessions: readonly { readonly away: Away | null; readonly openedAt: number }[];
  /** Rooms that whoever asks may know of. */
  readonly rooms: Iterable<string>;
};

/** A person as told to another one, or to nobody in particular. */
export const personInfo = (
  { person, nick, account, sessions, rooms }: Known,
  asker: string | undefined,
): PersonInfo => {
  const away = sessions[0]?.away;
  return {
    ...{ nick, online: sessions.length > 0 },
    ...(account !== null && { account }),
    ...(away && { away: away.text }),
    ...(sessions.length > 0 && { since: Math.min(...sessions.map((it) => it.openedAt)) }),
    rooms: [...new Set(rooms)].filter((it) => !isPairRoom(it)).sort(),
    ...(asker !== undefined && { pair: pairRoom(asker, person) }),
  };
};

/** Looks people up by the keys of their nicks, in a fixed number of queries. */
export const lookUpPeople = async (
  db: Kysely<Database>,
  nameKeys: readonly string[],
  session: string,
): Promise<readonly PersonInfo[]> => {
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
  const holders = held.map((it) => ({ ...it, account: null }));
  const absent = registered
    .filter((it) => !held.some((holder) => holder.nameKey === it.nameKey))
    .map((it) => ({ ...it, person: it.account }));
  const found = [...holders, ...absent];
  if (found.length === 0) return [];
  const persons = found.map((it) => it.person);
  const sessions = await db
    .selectFrom('sessions')
    .select(['session', 'person', 'nick', 'account', 'away', 'openedAt'])
    .where('person', 'in', persons)
    .where('state', 'in', ['live', 'detached'])
    .execute();
  const ids = sessions.map((it) => it.session);
  const own = db.selectFrom('members').select('room').where('session', '=', session);
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
  return found.map(({ person, nick, account }) => {
    const theirs = sessions.filter((it) => it.person === person);
    const here = new Set(theirs.map((it) => it.session));
    return personInfo(
      {
        ...{ person, nick: theirs[0]?.nick ?? nick, account: theirs[0]?.account ?? account },
        sessions: theirs.map((it) => ({
          away: it.away === null ? null : (JSON.parse(it.away) as Away),
          openedAt: it.openedAt,
        })),
        rooms: places.filter((it) => here.has(it.session)).map((it) => it.room),
      },
      asker?.person,
    );
  });
};
