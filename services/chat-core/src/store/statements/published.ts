import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { Published, PublishKey } from '../rows.ts';
import type { Db } from './statement.ts';

/** Finds which publishes are in the log already: one look into a UNIQUE index each. */
export const published = ({
  rows,
}: Flavour): ((db: Db, keys: readonly PublishKey[]) => Promise<readonly Published[]>) => {
  const sqlText = `select events.room, events.person, events.id, events.seq, events.at
    from (${rows([
      ['room', 'text'],
      ['person', 'text'],
      ['id', 'text'],
    ])}) as asked
    cross join events
    where events.room = asked.room and events.person = asked.person and events.id = asked.id`;
  return async (db, keys) => {
    if (keys.length === 0) return [];
    const json = JSON.stringify(keys.map(({ room, person, id }) => [room, person, id]));
    return (await db.executeQuery<Published>(CompiledQuery.raw(sqlText, [json]))).rows;
  };
};
