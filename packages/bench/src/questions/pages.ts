import { type LongLog, startLongLog } from '../logs/long-log.ts';
import { numbers } from '../logs/prose.ts';
import { cpuUs } from '../measure/cpu.ts';
import { quantile } from '../measure/quantile.ts';
import { figure } from '../report/table.ts';
import type { Question } from './question.ts';

const PAGE_EVENTS = 50;
/** No word of it is looked up by the search index, so that it has nothing to do meanwhile. */
const TEXT = '.'.repeat(64);

type Page = { readonly events: readonly unknown[] };

/** Where a page of a log of so many events can begin. */
const places: Readonly<Record<string, (log: LongLog, seq: number) => string>> = {
  'the newest': () => '',
  'the first': () => '&after=0',
  'after a number': (_, seq) => `&after=${seq}`,
  'before a number': (_, seq) => `&before=${seq}`,
  'around a number': (_, seq) => `&around=${seq}`,
  'from a time on': ({ firstAt, stepMs }, seq) => `&at=${firstAt + seq * stepMs}`,
};

type Cell = {
  readonly events: number;
  readonly place: string;
  readonly tookMs: readonly number[];
  /** Of chat-core, for each page. */
  readonly cpuMs: number;
};

/** How long a page of a room's log takes, wherever it is. */
export const pages: Question = async ({ quick, tell }) => {
  const sizes = quick ? [1_000, 5_000] : [10_000, 10_000_000];
  const reads = quick ? 20 : 500;

  const cells: Cell[] = [];
  for (const events of sizes) {
    tell(`writing a log of ${events} events`);
    await using log = await startLongLog(events, () => TEXT);
    const random = numbers(events);
    for (const [place, query] of Object.entries(places)) {
      const tookMs: number[] = [];
      const usedUs = (): number => cpuUs([log.system.core.pid])[0] ?? 0;
      let before = 0;
      // The first tenth makes chat-core compile what it needs.
      for (let read = -reads / 10; read < reads; read += 1) {
        if (read === 0) before = usedUs();
        const seq = PAGE_EVENTS + Math.floor(random() * (events - 2 * PAGE_EVENTS));
        const path = `/v1/rooms/${log.room}/events?limit=${PAGE_EVENTS}${query(log, seq)}`;
        const began = performance.now();
        const page = await log.ask<Page>(path);
        if (read >= 0) tookMs.push(performance.now() - began);
        if (page.events.length !== PAGE_EVENTS) throw new Error(`${path} gave no full page`);
      }
      cells.push({ events, place, tookMs, cpuMs: (usedUs() - before) / reads / 1_000 });
    }
  }

  const figures = (events: number, place: string): readonly string[] => {
    const cell = cells.find((it) => it.events === events && it.place === place);
    const { tookMs = [], cpuMs = Number.NaN } = cell ?? {};
    return [quantile(tookMs, 0.5), quantile(tookMs, 0.99), cpuMs].map(figure);
  };
  return {
    title: 'Pages: how long a page of a log takes',
    method: `Milliseconds from the request to the last byte of a page of ${PAGE_EVENTS} events, over HTTP from the admin API, at ${reads} random places of a room's log; and CPU of chat-core for each, which other work on the machine doesn't change as much.`,
    table: {
      columns: [
        'page',
        ...sizes.flatMap((it) => [`${it.toLocaleString('en')} events, p50`, 'p99', 'CPU']),
      ],
      rows: Object.keys(places).map((place) => [
        place,
        ...sizes.flatMap((events) => figures(events, place)),
      ]),
    },
    left: [],
    data: cells,
  };
};
