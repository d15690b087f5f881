import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { InvitationKey } from '../port.ts';
import type { InvitationRow } from '../rows.ts';
import type { Db } from './statement.ts';

/** Finds who is invited where, by primary key. */
export const invitations = ({
  rows,
}: Flavour): ((db: Db, keys: readonly InvitationKey[]) => Promise<readonly InvitationRow[]>) => {
  const sqlText = `select invitations.room, invitations.person, invitations.at
    from (${rows([
      ['room', 'text'],
      ['person', 'text'],
    ])}) as asked
    cross join invitations
    where invitations.room = asked.room and invitations.person = asked.person`;
  return async (db, keys) => {
    if (keys.length === 0) return [];
    const json = JSON.stringify(keys.map(({ room, person }) => [room, person]));
    return (await db.executeQuery<InvitationRow>(CompiledQuery.raw(sqlText, [json]))).rows;
  };
};
