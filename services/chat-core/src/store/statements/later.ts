import { limits } from '@partyline/protocol';
import type { Flavour } from '../flavour.ts';
import type { EventRow } from '../rows.ts';
import { eventsTable } from '../tables.ts';
import { columnList, type Db, query } from './statement.ts';

/** An event of a page, and the last one of the page. */
export type Asked = { readonly room: string; readonly ref: number; readonly after: number };

/**
 * Finds what was said after a page and changes how its events are shown: the last edit of each, and
 * the newest reactions; one look into an index for each event.
 */
export const later = ({
  rows,
  by,
}: Flavour): ((db: Db, asked: readonly Asked[]) => Promise<readonly EventRow[]>) => {
  const askedRows = `(${rows([
    ['room', 'text'],
    ['ref', 'integer'],
    ['after', 'integer'],
  ])}) as asked`;
  const columns = columnList(eventsTable);
  const edits = query<EventRow>(
    `select ${columns} from ${askedRows} cross join events
     where events.room = asked.room and events.seq = (
       select max(its.seq) from events as its ${by('events_edits')}
       where its.kind = 'edit' and its.room = asked.room and its.ref = asked.ref
         and its.seq > asked.after
     )`,
    eventsTable,
  );
  const reactions = query<EventRow>(
    `select ${columns} from ${askedRows} cross join events ${by('events_reactions')}
     where events.kind in ('react', 'unreact') and events.room = asked.room
       and events.ref = asked.ref and events.seq > asked.after
     order by events.seq desc limit ${limits.pageEvents}`,
    eventsTable,
  );
  return async (db, asked) => {
    if (asked.length === 0) return [];
    const json = JSON.stringify(asked.map((it) => [it.room, it.ref, it.after]));
    const found = [...(await edits(db, json)), ...(await reactions(db, json))];
    return found.sort((a, b) => a.seq - b.seq);
  };
};
