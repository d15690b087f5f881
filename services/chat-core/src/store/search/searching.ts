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
  eventAt: (hit: Hit) => Promise<Event | undefined>,
): Promise<SearchPage> => {
  const events: Event[] = [];
  let { before } = search;
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await hits({ ...search, ...(before !== undefined && { before }) });
    for (const hit of found) {
      before = hit.position;
      const event = await eventAt(hit);
      if (event !== undefined && matches(event.text, search.terms)) events.unshift(event);
      if (events.length === search.limit) return { events, next: before };
    }
    if (found.length < search.limit) return { events };
  }
  return before === undefined ? { events } : { events, next: before };
};
