import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { DeedKey } from '../moderation/rows.ts';
import type { Db } from './statement.ts';

/** Finds which publishes are in the audit log already: one look into an index each. */
export const doneDeeds = ({
  rows,
  by,
}: Flavour): ((db: Db, keys: readonly DeedKey[]) => Promise<readonly DeedKey[]>) => {
  const sqlText = `select audit.person, audit.id
    from (${rows([
      ['person', 'text'],
      ['id', 'text'],
    ])}) as asked
    cross join audit ${by('audit_publish')}
    where audit.person = asked.person and audit.id = asked.id`;
  return async (db, keys) => {
    if (keys.length === 0) return [];
    const json = JSON.stringify(keys.map(({ person, id }) => [person, id]));
    return (await db.executeQuery<DeedKey>(CompiledQuery.raw(sqlText, [json]))).rows;
  };
};
