import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProblem } from '@partyline/protocol';
import { receipt, rehearse } from '../src/line/rehearsal.ts';
import { termsOf } from '../src/store/search/words.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';

/**
 * Prints what pages and searches of one long log take: `node services/chat-core/test/rooms-speed.ts
 * [MESSAGES]`. A third of them is Chinese.
 */
const messages = Number(process.argv[2] ?? 1_000_000);
const BATCH = 2_000;
const words =
  'alpha beta gamma delta server deploy build broken coffee lunch ticket release rollback'
    .concat(' docker compose network latency packet room private hello thanks bye morning')
    .split(' ');
const hanzi = Array.from({ length: 800 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7));

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

let seed = 1;
const pick = <T>(from: readonly T[]): T => {
  seed = (seed * 48_271) % 2_147_483_647;
  return from[seed % from.length] as T;
};
const textOf = (n: number): string =>
  n % 3 === 0
    ? Array.from({ length: 14 }, () => pick(hanzi)).join('')
    : `${Array.from({ length: 8 }, () => pick(words)).join(' ')} n${n}`;

const timed = async (what: string, runs: number, work: () => Promise<number>): Promise<void> => {
  const times: number[] = [];
  let found = 0;
  for (let run = 0; run < runs; run += 1) {
    const before = performance.now();
    found = await work();
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const [median = 0, most = 0] = [times[runs >> 1], times[runs - 1]];
  print(`${what}: ${found} events, median ${median.toFixed(1)} ms, most ${most.toFixed(1)} ms`);
};

const folder = mkdtempSync(join(tmpdir(), 'partyline-speed-'));
try {
  await using store = await openSqliteStore(folder);
  const it = rehearse({ store });
  await it.hello('i1');
  receipt(await it.open('ann'), 'opened');

  const startedAt = performance.now();
  for (let n = 0; n < messages; n += BATCH) {
    const envelopes = Array.from({ length: Math.min(BATCH, messages - n) }, (_, index) =>
      it.envelope('ann', { type: 'say', room: 'lobby', text: textOf(n + index) }),
    );
    await it.line.publish('i1', envelopes);
    it.told();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  print(`${messages} messages said, ${Math.round(messages / seconds)} a second`);

  const search = async (query: string) => {
    const terms = termsOf(query);
    if (isProblem(terms)) throw new Error(terms.message);
    return store.read.search({ terms, rooms: ['lobby'], limit: 50 });
  };
  while (((await search('nothing')).upTo ?? 0) < messages);
  print(`indexed ${((performance.now() - startedAt) / 1_000 - seconds).toFixed(1)} s later`);

  const middle = Math.floor(messages / 2);
  const { events } = await store.read.page('lobby', { after: middle, limit: 1 });
  const at = events[0]?.at ?? 0;
  const queries = { before: { before: middle }, around: { around: middle }, at: { at } };
  for (const [what, place] of Object.entries(queries))
    await timed(`page ${what}`, 100, async () => {
      const page = await store.read.page('lobby', { ...place, limit: 50 });
      return page.events.length;
    });
  const [a, b] = [hanzi[0], hanzi[1]];
  for (const query of [
    'server',
    'rel* lunch thanks',
    `n${messages - (messages % 3) - 1}`,
    'nothing',
    `${a}${b}`,
  ])
    await timed(`search ${query}`, 20, async () => (await search(query)).events.length);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
