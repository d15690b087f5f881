import type { Renderer } from '@partyline/gateway';
import { readLine } from '@partyline/markup';
import { type EventQuery, isProblem, type Problem, problem } from '@partyline/protocol';
import type { FastifyReply } from 'fastify';
import type { Reads } from '../../line/reads.ts';
import { entriesOf } from '../../pages/entries.ts';
import type { Pages } from '../../pages/pages.ts';
import type { RoomRequest } from './asked.ts';

export type TranscriptParts = {
  readonly reads: Reads;
  readonly pages: Pages;
  /** The text dialect's. */
  readonly words: Renderer;
};

/** Events on one page. */
const PAGE_EVENTS = 50;

const seqOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** A room as a page for people, fifty events at a time; `seq` is one to be shown among its neighbours. */
export const createTranscript =
  ({ reads, pages, words }: TranscriptParts) =>
  async (
    { query, host }: RoomRequest,
    reply: FastifyReply,
    room: string,
    seq?: number,
  ): Promise<FastifyReply | Problem> => {
    const limit = PAGE_EVENTS;
    const after = seqOf(query.after);
    const before = seqOf(query.before) ?? Number.MAX_SAFE_INTEGER;
    const place: EventQuery =
      seq !== undefined
        ? { around: seq, limit }
        : after !== undefined
          ? { after, limit }
          : { before, limit };
    const [info, page] = await Promise.all([reads.room(room), reads.events(room, place)]);
    if (isProblem(info)) return info;
    if (isProblem(page)) return page;
    const entries = entriesOf(page.events, words);
    if (seq !== undefined && !entries.some((it) => it.seq === seq))
      return problem('event-unknown', { seq, room });
    const [first, last] = [entries.at(0)?.seq ?? 0, entries.at(-1)?.seq ?? 0];
    const { texts } = pages;
    const path = `/r/${encodeURIComponent(room)}`;
    return pages.send(reply, 'transcript', {
      title: seq === undefined ? texts.transcript(room) : `${texts.transcript(room)} ${seq}`,
      ...{ room, path, seq, entries, topic: readLine(info.topic ?? '') },
      members: info.members,
      older: first > page.first && first > 0 ? `${path}?before=${first}` : undefined,
      newer: last < page.head && last > 0 ? `${path}?after=${last}` : undefined,
      host,
    });
  };
