import type { EventQuery } from './page.ts';
import { type Problem, problem } from './problem.ts';

/** Where a page is asked for: one of the places, or none for the newest events. */
export type EventPlace = {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly around?: number | undefined;
  readonly at?: number | undefined;
};

/** The query that somebody asks for by its parts; a problem when they name more than one place. */
export const eventQuery = (
  { after, before, around, at }: EventPlace,
  limit: number,
): EventQuery | Problem => {
  const places = [after, before, around, at].filter((it) => it !== undefined);
  if (places.length > 1)
    return problem('request-bad', { reason: 'Ask for one of after, before, around and at.' });
  if (after !== undefined) return { after, limit };
  if (around !== undefined) return { around, limit };
  if (at !== undefined) return { at, limit };
  return { before: before ?? Number.MAX_SAFE_INTEGER, limit };
};
