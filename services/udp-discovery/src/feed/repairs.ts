import { type Repair, writeDatagram } from '@partyline/lan';
import type { EventPage, EventQuery } from '@partyline/protocol';
import type { Source } from '../intake/source.ts';
import type { Cookies } from './cookies.ts';
import type { Feed } from './feed.ts';
import { packed } from './packing.ts';

/** What became of a question for missed events. */
export type RepairResult = {
  readonly outcome: 'unproven' | 'repaired' | 'not-fed';
  readonly answers: readonly Buffer[];
};

/** Events that one question is answered with. */
const REPAIRED = 64;

/** Answers who missed events of the feed, from the log; a source that isn't proven, with a cookie. */
export const createRepairs = (options: {
  readonly feed: Feed;
  readonly cookies: Cookies;
  readonly events: (room: string, query: EventQuery) => Promise<EventPage>;
}) => {
  const { feed, cookies, events } = options;
  return async (
    { epoch, room, from, to, cookie }: Repair,
    source: Source,
  ): Promise<RepairResult> => {
    if (!feed.has(room)) return { outcome: 'not-fed', answers: [] };
    if (cookie === undefined || !cookies.isGood(cookie, source)) {
      const answer = writeDatagram({ type: 'cookie', cookie: cookies.give(source) });
      return { outcome: 'unproven', answers: [answer] };
    }
    const heads = () => [feed.heads() ?? []].flat();
    if (epoch !== feed.epoch) return { outcome: 'repaired', answers: heads() };
    const limit = Math.min(REPAIRED, Math.max(1, to - from + 1));
    const page = await events(room, { after: Math.max(0, from - 1), limit });
    feed.learn(room, page.first);
    const missed = page.events.filter((it) => it.seq >= from && it.seq <= to);
    const isGone = page.first > from;
    return {
      outcome: 'repaired',
      answers: [...(isGone ? heads() : []), ...packed(page.epoch, missed)],
    };
  };
};
