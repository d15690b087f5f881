import type { Event, SearchPage } from '@partyline/protocol';
import { matches, type Term } from './words.ts';

/** What is searched: rooms (all when left out), backwards from a position in the index. */
export type Search = {
  readonly terms: readonly Term[];
  readonly rooms?: readonly string[];
  readonly before?: number;
  readonly limit: number;
};

/** An event as the index knows it. */
export type Hit = { readonly position: number; readonly room: string; readonly seq: number };

export type Hits = {
  /** Newest first. */
  readonly hits: readonly Hit[];
  /** The last event that is indexed of the first room that was asked for. */
  readonly upTo: number;
};

/** How often the index is asked for one page, when what it tells of is gone from the log. */
const ROUNDS = 10;

/**
 * Looks hits up in the log, which alone is true: what was deleted or emptied since it was indexed is
 * not found. `hits` gives them newest first.
 */
export const lookUp = async (
  search: Search,
  hits: (search: Search) => Promise<readonly Hit[]>,
  eventsAt: (hits: readonly Hit[]) => Promise<readonly Event[]>,
): Promise<SearchPage> => {
  const events: Event[] = [];
  let { before } = search;
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await hits({ ...search, ...(before !== undefined && { before }) });
    const there = new Map((await eventsAt(found)).map((it) => [`${it.room}\n${it.seq}`, it]));
    for (const { position, room, seq } of found) {
      before = position;
      const event = there.get(`${room}\n${seq}`);
      if (event !== undefined && matches(event.text, search.terms)) events.unshift(event);
      if (events.length === search.limit) return { events, next: before };
    }
    if (found.length < search.limit) return { events };
  }
  return before === undefined ? { events } : { events, next: before };
};
