import type { Keeper } from '../keepers/keeper.ts';
import { throughBus, throughGateway } from '../keepers/partyline.ts';
import { redis } from '../keepers/redis.ts';
import { sqlite } from '../keepers/sqlite.ts';
import { inRounds, leftOut, measured, medianOver } from '../measure/rounds.ts';
import { figure, times } from '../report/table.ts';
import type { Question } from './question.ts';

const floors = {
  each: sqlite('SQLite alone, a room for each', 'each'),
  one: sqlite('SQLite alone, one room', 'one'),
};
const keepers: readonly Keeper[] = [throughGateway, throughBus, redis, floors.each, floors.one];

/** How many messages a second are kept for good. */
export const durable: Question = async ({ quick, rounds, tell }) => {
  const waiting = quick ? [1, 10] : [1, 10, 100, 1_000];
  const forMs = quick ? 200 : 2_000;
  const warmUpMs = quick ? 50 : 500;

  const measure = async (keeper: Keeper): Promise<readonly number[]> => {
    await using running = await keeper.start();
    const perSecond: number[] = [];
    for (const count of waiting) {
      await running.keep(count, warmUpMs);
      const { kept, tookMs } = await running.keep(count, forMs);
      perSecond.push((kept / tookMs) * 1_000);
    }
    return perSecond;
  };

  const all = await inRounds(keepers, rounds, measure, tell);
  const rate = (keeper: Keeper, at: number): number =>
    medianOver(all, keeper, (perSecond) => perSecond[at] ?? Number.NaN);

  return {
    title: 'Durable: messages acknowledged a second, each on the disk',
    method: `With ${waiting.join(', ')} messages of 64 characters waiting for their acknowledgement at any time: of as many clients with one each, who are in rooms of their own (the gateway, Redis), or of one client who sends all in one batch to one room (the bus). The acknowledgement comes after the commit. "floor" is SQLite inserting the same rows as chat-core does, in transactions of as many, spread over rooms as the server's are, with nothing around it; "ours" is the clients of tcp-gateway.`,
    table: {
      columns: [
        'what keeps',
        ...waiting.flatMap((count) => [`${count} waiting, 1/s`, '× floor', '× ours']),
      ],
      rows: measured(all).map(({ of }) => [
        of.name,
        ...waiting.flatMap((_, at) => [
          figure(rate(of, at)),
          times(rate(of, at), rate(floors[of.rooms], at)),
          times(rate(of, at), rate(throughGateway, at)),
        ]),
      ]),
    },
    left: leftOut(all),
    data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
  };
};
