import type { EventFrame, HistoryFrame, ServerFrame } from '@partyline/client';
import { isEvent } from '@partyline/client';
import { LOBBY, limits, toLine } from '@partyline/protocol';
import { write } from '../environment.ts';
import { exitCodes, Failure } from '../exit-code.ts';
import type { Visit } from '../script/visit.ts';
import { eventLines } from '../text/event-text.ts';
import { messages } from '../text/messages.ts';
import { moment, readSince } from '../text/time.ts';
import { comeIn } from './come-in.ts';
import type { Command } from './command.ts';
import { hearFeed } from './hear.ts';
import { helpOption, jsonOption, timeoutOption, visitOptions } from './options.ts';
import { readNumber } from './read-call.ts';
import { enter, readRoom } from './room-argument.ts';

const EVENTS = 10;
const MOST_EVENTS = 100_000;

type Place = { readonly before: number } | { readonly after: number } | { readonly at: number };

const page = (visit: Visit, room: string, limit: number, place: Place): Promise<HistoryFrame> =>
  visit.ask(
    { type: 'history', room, limit: Math.min(limit, limits.pageEvents), ...place },
    (frame): frame is HistoryFrame => frame.type === 'history' && frame.room === room,
  );

/** The last events of a room up to number `head`. */
const lastEvents = async (
  visit: Visit,
  room: string,
  head: number,
  count: number,
): Promise<readonly EventFrame[]> => {
  const pages: (readonly EventFrame[])[] = [];
  for (let before = head + 1, left = count; left > 0 && before > 1; ) {
    const { events, first } = await page(visit, room, left, { before });
    const [oldest] = events;
    if (oldest === undefined) break;
    pages.unshift(events);
    left -= events.length;
    before = oldest.seq <= first ? 1 : oldest.seq;
  }
  return pages.flat();
};

/** What a room's log has from a time on, up to number `head`, page by page. */
async function* eventsSince(
  visit: Visit,
  room: string,
  head: number,
  at: number,
): AsyncGenerator<EventFrame> {
  for (let place: Place = { at }; ; ) {
    const { events } = await page(visit, room, limits.pageEvents, place);
    const last = events.at(-1);
    for (const event of events) if (event.at >= at && event.seq <= head) yield event;
    if (last === undefined || last.seq >= head) return;
    place = { after: last.seq };
  }
}

export const tail: Command = {
  usage: 'tail [ROOM…]',
  purpose: {
    en: 'shows what was said last, and with -f what is said from now on',
    'zh-CN': '显示最近的消息；加 -f 则持续显示新消息',
  },
  notes: {
    en: `Without ROOM, the lobby. Rooms are entered for as long as it runs.`,
    'zh-CN': `没有 ROOM 时为大厅。运行期间会进入这些房间。`,
  },
  options: {
    lines: {
      ...{ type: 'string', short: 'n', value: 'N' },
      purpose: { en: 'how many events of each room (10)', 'zh-CN': '每个房间显示多少条（10）' },
    },
    follow: {
      ...{ type: 'boolean', short: 'f' },
      purpose: { en: 'goes on with what comes', 'zh-CN': '持续显示新消息' },
    },
    since: {
      ...{ type: 'string', value: 'TIME' },
      purpose: {
        en: 'all since 2026-01-31T09:00, 09:00, or 30m, 2h, 7d ago, instead of N',
        'zh-CN': '从某时起的全部消息：2026-01-31T09:00、09:00，或 30m、2h、7d 之前',
      },
    },
    multicast: {
      type: 'boolean',
      purpose: {
        en: 'what a server sends to this network (PARTYLINE_UDP_FEED there), without connecting to it',
        'zh-CN': '接收服务器在本网络多播的消息（对方的 PARTYLINE_UDP_FEED），无需连接',
      },
    },
    ...visitOptions,
    ...timeoutOption,
    ...jsonOption,
    ...helpOption,
  },
  run: async (call, environment) => {
    const { locale, stdout, stderr, stop } = environment;
    const text = messages[locale];
    const count = readNumber(
      call.text('lines'),
      { least: 0, most: MOST_EVENTS, otherwise: EVENTS },
      (given, least, most) => text.numberBad('-n', given, least, most),
    );
    const asked = call.text('since');
    const since = asked === undefined ? undefined : readSince(asked, Date.now());
    if (asked !== undefined && since === undefined)
      throw new Failure('usage', text.sinceBad(asked));
    const isMulticast = call.flag('multicast');
    const given = call.positionals.length === 0 && !isMulticast ? [LOBBY] : call.positionals;
    const rooms = [...new Set(given.map((it) => readRoom(it, environment)))];

    const show = (event: EventFrame): Promise<void> => {
      if (call.flag('json')) return write(stdout, toLine(event), stop);
      const place = rooms.length === 1 ? '' : `#${event.room} `;
      const lines = eventLines(event, locale).map(
        (line) => `${moment(event.at)} ${place}${line}\n`,
      );
      return write(stdout, lines.join(''), stop);
    };

    if (isMulticast) return await hearFeed(rooms, show, environment);

    /** Where the log of each room stood when it was entered: what comes after is live. */
    const heads = new Map<string, number>();
    let live: EventFrame[] = [];
    let wake: (() => void) | undefined;
    const hear = (frame: ServerFrame): void => {
      if (frame.type === 'gap' && rooms.includes(frame.room))
        stderr.write(`partyline: ${text.gap(frame.room)}\n`);
      if (!call.flag('follow') || !isEvent(frame) || !rooms.includes(frame.room)) return;
      live.push(frame);
      wake?.();
    };

    using visit = await comeIn(call, environment, hear);
    for (const room of rooms) heads.set(room, (await enter(visit, room)).seq);
    for (const [room, head] of heads) {
      if (since === undefined)
        for (const event of await lastEvents(visit, room, head, count)) await show(event);
      else for await (const event of eventsSince(visit, room, head, since)) await show(event);
    }
    while (call.flag('follow')) {
      const fresh = live;
      live = [];
      for (const event of fresh) if (event.seq > (heads.get(event.room) ?? 0)) await show(event);
      if (live.length > 0) continue;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      await Promise.race([promise, visit.lost]);
    }
    return exitCodes.done;
  },
};
