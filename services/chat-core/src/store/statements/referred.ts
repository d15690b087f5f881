import { BEGINNING_CODE_POINTS } from '@partyline/protocol';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { EventKey, Referred } from '../rows.ts';

/** An event that another refers to, as it was before the event `before` of the room. */
export type ReferredAsOf = EventKey & { readonly before: number };

/** Reads what events that refer to others tell of them. */
export const referred = ({
  rows,
  by,
}: Flavour): (<Db>(
  db: Kysely<Db>,
  keys: readonly ReferredAsOf[],
) => Promise<readonly (Referred & ReferredAsOf)[]>) => {
  const beginning = (of: string): string => `substr(${of}.text, 1, ${BEGINNING_CODE_POINTS})`;
  const sqlText = `select asked.before, events.room, events.seq, events.at, events.kind,
      events.person, events.nick, events."to",
      coalesce(
        (select ${beginning('edits')} from events as edits ${by('events_edits')}
         where edits.kind = 'edit' and edits.room = asked.room and edits.ref = asked.seq
           and edits.seq < asked.before
         order by edits.seq desc limit 1),
        ${beginning('events')}
      ) as text
    from (${rows([
      ['room', 'text'],
      ['seq', 'integer'],
      ['before', 'integer'],
    ])}) as asked
    cross join events
    where events.room = asked.room and events.seq = asked.seq`;
  return async (db, keys) => {
    if (keys.length === 0) return [];
    const json = JSON.stringify(keys.map(({ room, seq, before }) => [room, seq, before]));
    return (await db.executeQuery<Referred & ReferredAsOf>(CompiledQuery.raw(sqlText, [json])))
      .rows;
  };
};
