import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startLongLog } from '../logs/long-log.ts';
import { prose } from '../logs/prose.ts';
import { cpuUs } from '../measure/cpu.ts';
import { quantile } from '../measure/quantile.ts';
import { figure } from '../report/table.ts';
import type { Question } from './question.ts';

const PAGE_EVENTS = 50;
const LOOK_MS = 200;
const MB = 1e6;

type Found = { readonly events: readonly unknown[]; readonly upTo?: number };
type Cell = {
  readonly what: string;
  readonly query: string;
  readonly found: number;
  readonly tookMs: readonly number[];
  /** Of chat-core, for each search. */
  readonly cpuMs: number;
};

/** How long it takes to find what was said, by words of every kind. */
export const search: Question = async ({ quick, tell }) => {
  const messages = quick ? 5_000 : 1_000_000;
  const searches = quick ? 5 : 50;
  const { words, hanzi, text } = prose(1);
  const word = (n: number, length = Number.POSITIVE_INFINITY): string =>
    (words[n] ?? '').slice(0, length);
  const rare = words.length - 1;
  const beginnings = (length: number, count: number): string =>
    [...new Set(words.map((it) => it.slice(0, length)))]
      .slice(0, count)
      .map((it) => `${it}*`)
      .join(' ');

  const queries: Readonly<Record<string, string>> = {
    'the most frequent word': word(0),
    'a rare word': word(rare),
    'a word that was never said': 'xyzzy',
    'three words': `${word(3)} ${word(30)} ${word(300)}`,
    'words that begin with one letter': `${word(0, 1)}*`,
    'words that begin with two': `${word(0, 2)}*`,
    'words that begin with three': `${word(0, 3)}*`,
    'words that begin with four': `${words.find((it) => it.length > 4)?.slice(0, 4)}*`,
    'two words, and a beginning': `${beginnings(3, 1)} ${word(20)} ${word(40)}`,
    'one character of Chinese': hanzi[0] ?? '',
    'two characters of Chinese': hanzi.slice(0, 2).join(''),
    'four rare ones': hanzi.slice(-4).join(''),
    'the ten most frequent words together': words.slice(0, 10).join(' '),
    'ten beginnings of four letters together': beginnings(4, 10),
  };

  tell(`writing ${messages} messages`);
  await using log = await startLongLog(messages, text);
  const ask = (query: string): Promise<Found> =>
    log.ask(`/v1/search?room=${log.room}&limit=${PAGE_EVENTS}&q=${encodeURIComponent(query)}`);
  tell('waiting for the index');
  while (((await ask('xyzzy')).upTo ?? 0) < messages) await delay(LOOK_MS);

  const cells: Cell[] = [];
  for (const [what, query] of Object.entries(queries)) {
    tell(what);
    const tookMs: number[] = [];
    let found = 0;
    const usedUs = (): number => cpuUs([log.system.core.pid])[0] ?? 0;
    const before = usedUs();
    for (let n = 0; n < searches; n += 1) {
      const began = performance.now();
      found = (await ask(query)).events.length;
      tookMs.push(performance.now() - began);
    }
    cells.push({ what, query, found, tookMs, cpuMs: (usedUs() - before) / searches / 1_000 });
  }

  const megabytes = (name: string): string =>
    figure(
      globSync(`${name}{,-wal}`, { cwd: log.system.folder })
        .map((file) => statSync(join(log.system.folder, file)).size / MB)
        .reduce((sum, it) => sum + it, 0),
    );
  return {
    title: 'Search: how long it takes to find what was said',
    method: `Milliseconds until the newest ${PAGE_EVENTS} are found, over HTTP from the admin API, ${searches} times each, in a room of ${messages.toLocaleString('en')} messages, a third of them Chinese, of words as frequent as Zipf's law has them; and CPU of chat-core for each. The log has ${megabytes('partyline.db')} MB, the index of its words ${megabytes('partyline-search.db')} MB.`,
    table: {
      columns: ['search for', 'found', 'p50, ms', 'p99, ms', 'CPU, ms'],
      rows: cells.map(({ what, found, tookMs, cpuMs }) => [
        what,
        `${found}`,
        figure(quantile(tookMs, 0.5)),
        figure(quantile(tookMs, 0.99)),
        figure(cpuMs),
      ]),
    },
    left: [],
    data: cells,
  };
};
