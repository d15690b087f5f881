import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { Reaction, ReactionKey } from '../rows.ts';
import type { Db } from './statement.ts';

/** Finds what became last of reactions: one look into an index each. */
export const reactions = ({
  rows,
  by,
}: Flavour): ((db: Db, keys: readonly ReactionKey[]) => Promise<readonly Reaction[]>) => {
  const sqlText = `select asked.room, asked.ref, asked.person, asked.text,
      events.kind, events.seq, events.at
    from (${rows([
      ['room', 'text'],
      ['ref', 'integer'],
      ['person', 'text'],
      ['text', 'text'],
    ])}) as asked
    cross join events
    where events.room = asked.room and events.seq = (
      select max(its.seq) from events as its ${by('events_reactions')}
      where its.kind in ('react', 'unreact') and its.room = asked.room and its.ref = asked.ref
        and its.person = asked.person and its.text = asked.text
    )`;
  return async (db, keys) => {
    if (keys.length === 0) return [];
    const json = JSON.stringify(keys.map((it) => [it.room, it.ref, it.person, it.text]));
    return (await db.executeQuery<Reaction>(CompiledQuery.raw(sqlText, [json]))).rows;
  };
};
