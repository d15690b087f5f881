import type { Keeper } from '../keepers/keeper.ts';
import { throughBus, throughGateway } from '../keepers/partyline.ts';
import { postgres } from '../keepers/postgres.ts';
import { redis } from '../keepers/redis.ts';
import { sqlite } from '../keepers/sqlite.ts';
import { inRounds, leftOut, measured, medianOver } from '../measure/rounds.ts';
import { figure, times } from '../report/table.ts';
import type { Question } from './question.ts';

type Asked = {
  readonly title: string;
  /** What the floor is. */
  readonly floor: string;
  /** The clients of a gateway. */
  readonly ours: Keeper;
  readonly others: readonly Keeper[];
  /** The least that could do the job, with as many rooms. */
  readonly floors: Readonly<Record<Keeper['rooms'], Keeper>>;
};

/** How many messages a second are kept for good. */
const asking =
  (asked: Asked): Question =>
  async ({ quick, rounds, tell }) => {
    const { ours, floors } = asked;
    const keepers = [ours, ...asked.others, floors.each, floors.one];
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
      title: asked.title,
      method: `With ${waiting.join(', ')} messages of 64 characters waiting for their acknowledgement at any time: of as many clients with one each, who are in rooms of their own, or of one client who sends all in one batch to one room (the bus). The acknowledgement comes after the commit. "floor" is ${asked.floor}, in transactions of as many, spread over rooms as the server's are, with nothing around it; "ours" is the clients of tcp-gateway.`,
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
            times(rate(of, at), rate(ours, at)),
          ]),
        ]),
      },
      left: leftOut(all),
      data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
    };
  };

const title = 'Durable: messages acknowledged a second, each on the disk';

export const durable: Question = asking({
  title,
  floor: 'SQLite inserting the same rows as chat-core does',
  ours: throughGateway('SQLite'),
  others: [throughBus('SQLite'), redis],
  floors: {
    each: sqlite('SQLite alone, a room for each', 'each'),
    one: sqlite('SQLite alone, one room', 'one'),
  },
});

/** The same with the log in a Postgres. */
export const durableOnPostgres: Question = asking({
  title: `${title} of a Postgres`,
  floor: 'one `unnest` inserting the same rows',
  ours: throughGateway('Postgres'),
  others: [throughBus('Postgres')],
  floors: {
    each: postgres('Postgres alone, a room for each', 'each'),
    one: postgres('Postgres alone, one room', 'one'),
  },
});
