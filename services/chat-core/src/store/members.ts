import { EVERYWHERE, type MemberInfo } from '@partyline/protocol';
import type { Kysely } from 'kysely';
import type { RoleRow } from './moderation/rows.ts';
import type { Away, SessionRow } from './rows.ts';
import type { Database } from './schema.ts';

/** A person in a room as lists tell it. */
export const memberInfo = (
  { nick, realName, away }: Pick<SessionRow, 'nick' | 'realName' | 'away'>,
  accountNick: string | null | undefined,
  role: RoleRow['role'] | null | undefined,
): MemberInfo => ({
  nick,
  ...(accountNick && { accountNick }),
  ...(realName !== null && { realName }),
  ...(role && { role }),
  ...(away !== null && { away: away.text }),
});

/** The people in a room, by nick, and how many there are. */
export const membersOf = async (
  db: Kysely<Database>,
  room: string,
  limit: number,
): Promise<{ readonly count: number; readonly members: readonly MemberInfo[] }> => {
  const rows = await db
    .selectFrom('members')
    .innerJoin('sessions', 'sessions.session', 'members.session')
    .leftJoin('roles as here', (on) =>
      on.onRef('here.person', '=', 'sessions.person').on('here.room', '=', room),
    )
    .leftJoin('roles as anywhere', (on) =>
      on.onRef('anywhere.person', '=', 'sessions.person').on('anywhere.room', '=', EVERYWHERE),
    )
    .leftJoin('accounts', 'accounts.account', 'sessions.account')
    .where('members.room', '=', room)
    .select(['sessions.person', 'sessions.nick', 'sessions.realName', 'sessions.away'])
    .select('accounts.nick as accountNick')
    .select((it) => it.fn.coalesce('anywhere.role', 'here.role').as('role'))
    .groupBy(['sessions.person', 'sessions.nick', 'sessions.realName'])
    .groupBy(['accounts.nick', 'sessions.away'])
    .groupBy(['anywhere.role', 'here.role'])
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
    members: rows.map(({ nick, realName, accountNick, away, role }) =>
      memberInfo(
        { nick, realName, away: away === null ? null : (JSON.parse(away) as Away) },
        accountNick,
        role as RoleRow['role'] | null,
      ),
    ),
  };
};
