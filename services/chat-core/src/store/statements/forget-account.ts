import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { AccountRow } from '../rows.ts';
import type { Db } from './statement.ts';

/** Deletes what there is of accounts beside themselves: how they are known, what waits for them, what they have read, where they may come in, and what they could resume. */
export const forgetAccount = ({
  rows,
}: Flavour): ((db: Db, keys: readonly Pick<AccountRow, 'account'>[]) => Promise<void>) => {
  const gone = rows([['account', 'text']]);
  const statements = [
    `delete from cursors where account in (${gone})`,
    `delete from certificates where account in (${gone})`,
    `delete from markers where account in (${gone})`,
    `delete from invitations where person in (${gone})`,
    `delete from sessions where person in (${gone}) and state = 'ended'`,
  ];
  return async (db, keys) => {
    if (keys.length === 0) return;
    const json = JSON.stringify(keys.map(({ account }) => [account]));
    for (const sqlText of statements) await db.executeQuery(CompiledQuery.raw(sqlText, [json]));
  };
};
