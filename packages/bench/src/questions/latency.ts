import { startLoad } from '../load/load.ts';
import { untilQuiet } from '../measure/cpu.ts';
import { quantile } from '../measure/quantile.ts';
import { inRounds, leftOut, measured, medianOver } from '../measure/rounds.ts';
import { peers, reference } from '../peers/index.ts';
import type { Peer } from '../peers/peer.ts';
import { figure, times } from '../report/table.ts';
import type { Question } from './question.ts';

const quantiles = [0.5, 0.99, 0.999] as const;

/** Milliseconds at each quantile, by rate. */
type Latencies = readonly (readonly number[])[];

/** How long a message takes from the one who says it to one who reads it. */
export const latency: Question = async ({ quick, rounds, tell }) => {
  const rates = quick ? [20, 50] : [50, 500];
  const forMs = quick ? 500 : 5_000;
  const warmUpMs = quick ? 200 : 1_500;
  const [watchers, half] = quick ? [4, 8] : [10, 45];

  const measure = async (peer: Peer): Promise<Latencies> => {
    await using server = await peer.start();
    await using load = startLoad();
    await using crowd = startLoad();
    const pids = server.processes.map(({ pid }) => pid);
    const at = { wire: peer.wire, target: server.target };
    // The watchers come in between the others, since a server may serve readers in order.
    await crowd.do('read', { ...at, count: half, name: 'a' });
    await load.do('read', { ...at, count: watchers, name: 'b' });
    await crowd.do('read', { ...at, count: half, name: 'c' });
    await load.do('write', { ...at, name: 'w' });
    await untilQuiet(pids);
    let said = 0;
    const found: (readonly number[])[] = [];
    for (const perSecond of rates) {
      said += (await load.do('pace', { perSecond, forMs: warmUpMs })).sent;
      const { sent, tookUs } = await load.do('pace', { perSecond, forMs });
      said += sent;
      await crowd.do('complete', { messages: said });
      found.push(quantiles.map((q) => quantile(tookUs, q) / 1_000));
    }
    return found;
  };

  const all = await inRounds(peers, rounds, measure, tell);
  const ms = (peer: Peer, rate: number, q: number): number =>
    medianOver(all, peer, (latencies) => latencies[rate]?.[q] ?? Number.NaN);

  return {
    title: 'Latency: from one who says it to one who reads it',
    method: `Milliseconds, of a room of ${watchers + 2 * half} readers, ${watchers} of which are watched; messages are said at ${rates.join(' and ')} a second whatever comes back. Partyline has each message on the disk (fsync) before anybody sees it; the others keep nothing. "ours" is ${reference.name}.`,
    table: {
      columns: [
        'server',
        ...rates.flatMap((rate) => [`p50 at ${rate}/s`, 'p99', 'p99.9', 'p50 × ours']),
      ],
      rows: measured(all).map(({ of }) => [
        of.name,
        ...rates.flatMap((_, rate) => [
          ...quantiles.map((_, q) => figure(ms(of, rate, q))),
          times(ms(of, rate, 0), ms(reference, rate, 0)),
        ]),
      ]),
    },
    left: leftOut(all),
    data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
  };
};
