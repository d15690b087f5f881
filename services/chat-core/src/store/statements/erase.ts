import { CompiledQuery } from 'kysely';
import type { Flavour } from '../flavour.ts';
import type { EventKey } from '../rows.ts';
import type { Db } from './statement.ts';

/** Takes the texts and cards of events, and of their edits, out of the log. */
export const erase = ({
  rows,
  by,
}: Flavour): ((db: Db, keys: readonly EventKey[]) => Promise<void>) => {
  const keys = rows([
    ['room', 'text'],
    ['seq', 'integer'],
  ]);
  const empty = `set text = '', mentions = null, card = null where`;
  const statements = [
    `update events ${empty} (room, seq) in (${keys})`,
    `update events ${by('events_edits')} ${empty} kind = 'edit' and (room, ref) in (${keys})`,
  ];
  return async (db, events) => {
    if (events.length === 0) return;
    const json = JSON.stringify(events.map(({ room, seq }) => [room, seq]));
    for (const sqlText of statements) await db.executeQuery(CompiledQuery.raw(sqlText, [json]));
  };
};
