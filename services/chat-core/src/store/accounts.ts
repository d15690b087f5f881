import { EVERYWHERE } from '@partyline/protocol';
import type { Kysely } from 'kysely';
import type { AccountInfo } from './port.ts';
import type { Database } from './schema.ts';

/** People's accounts; those of bots are told elsewhere. */
const infos = (db: Kysely<Database>) =>
  db
    .selectFrom('accounts')
    .where('accounts.bot', 'is', null)
    .select(['accounts.account', 'accounts.nick', 'accounts.nameKey', 'accounts.createdAt'])
    .select((it) => [
      it
        .selectFrom('sessions')
        .whereRef('sessions.person', '=', 'accounts.account')
        .where('sessions.state', 'in', ['live', 'detached'])
        .select(it.fn.countAll<number>().as('count'))
        .as('sessions'),
      it
        .selectFrom('roles')
        .whereRef('roles.person', '=', 'accounts.account')
        .where('roles.room', '=', EVERYWHERE)
        .select(it.fn.countAll<number>().as('count'))
        .as('operators'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof infos>['execute']>>[number];

const infoOf = ({ sessions, operators, ...it }: Row): AccountInfo => ({
  ...it,
  isOperator: Number(operators) > 0,
  sessions: Number(sessions),
});

export const accountsAfter = async (
  db: Kysely<Database>,
  after: string,
  limit: number,
): Promise<readonly AccountInfo[]> => {
  const rows = await infos(db)
    .where('accounts.nameKey', '>', after)
    .orderBy('accounts.nameKey')
    .limit(limit)
    .execute();
  return rows.map(infoOf);
};

export const accountCalled = async (
  db: Kysely<Database>,
  nameKey: string,
): Promise<AccountInfo | undefined> => {
  const row = await infos(db).where('accounts.nameKey', '=', nameKey).executeTakeFirst();
  return row && infoOf(row);
};
