import { startLoad } from '../load/load.ts';
import { cpuUs, untilQuiet } from '../measure/cpu.ts';
import { median } from '../measure/quantile.ts';
import { inRounds } from '../measure/rounds.ts';
import { floor, peers, reference } from '../peers/index.ts';
import type { Peer } from '../peers/peer.ts';
import { figure, times } from '../report/table.ts';
import { leftOut, measured, type Options, type Question } from './question.ts';

/** CPU of each of a server's processes per delivery, by readers and messages a turn. */
type Cell = {
  readonly readers: number;
  readonly perTurn: number;
  readonly deliveries: number;
  readonly us: readonly number[];
};

const sizes = ({ quick }: Options) =>
  quick
    ? { readers: [20, 40], perTurn: [1, 10, 50], forMs: 200, warmUpMs: 50 }
    : { readers: [500, 1_000], perTurn: [1, 10, 50], forMs: 1_500, warmUpMs: 400 };

const sum = (values: readonly number[]): number => values.reduce((all, it) => all + it, 0);

/** What a message costs the server for each who reads it. */
export const fanOut: Question = async (options) => {
  const { readers: crowds, perTurn: turns, forMs, warmUpMs } = sizes(options);

  const measure = async (peer: Peer): Promise<readonly Cell[]> => {
    await using server = await peer.start();
    await using load = startLoad();
    const pids = server.processes.map(({ pid }) => pid);
    const { target } = server;
    const { wire } = peer;
    const cells: Cell[] = [];
    await load.do('write', { wire, target, name: 'w' });
    let here = 0;
    for (const readers of crowds) {
      await load.do('read', { wire, target, count: readers - here, name: `r${readers}x` });
      here = readers;
      await untilQuiet(pids);
      // Compilers and caches take longest at first; each size has its own short warm-up after that.
      await load.do('turns', { perTurn: 1, forMs: 4 * warmUpMs });
      for (const perTurn of turns) {
        await load.do('turns', { perTurn, forMs: warmUpMs });
        const before = cpuUs(pids);
        const { deliveries } = await load.do('turns', { perTurn, forMs });
        const us = cpuUs(pids).map((after, at) => (after - (before[at] ?? 0)) / deliveries);
        cells.push({ readers, perTurn, deliveries, us });
      }
    }
    return cells;
  };

  const all = await inRounds(peers, options.rounds, measure, options.tell);
  const medianUs = (
    rounds: readonly (readonly Cell[])[],
    readers: number,
    perTurn: number,
    us: (cell: Cell) => number,
  ) =>
    median(
      rounds.flatMap((cells) =>
        cells.filter((it) => it.readers === readers && it.perTurn === perTurn).map(us),
      ),
    );
  const whole = (cell: Cell): number => sum(cell.us);
  const lines = measured(all).flatMap(({ of, rounds }) => {
    const parts = rounds[0]?.[0]?.us.length ?? 1;
    const line = { of, name: of.name, rounds, us: whole };
    const gateway = {
      ...line,
      name: `– its gateway alone`,
      us: (cell: Cell) => cell.us.at(-1) ?? Number.NaN,
    };
    return parts > 1 ? [line, gateway] : [line];
  });
  const base = (peer: Peer, readers: number, perTurn: number): number =>
    medianUs(measured(all).find(({ of }) => of === peer)?.rounds ?? [], readers, perTurn, whole);

  return {
    title: 'Fan-out: server CPU per delivered message',
    method: `Microseconds of CPU (user and system, all processes of the server) per message and reader; messages of 64 characters, ${turns.join(', ')} in one turn. The next turn is said when every reader has the last one whole. "floor" is ${floor.name}; "ours" is ${reference.name}.`,
    table: {
      columns: [
        'server',
        'readers',
        ...turns.flatMap((it) => [`${it} a turn, µs`, '× floor', '× ours']),
      ],
      rows: crowds.flatMap((readers) =>
        lines.map(({ name, rounds, us }) => [
          name,
          `${readers}`,
          ...turns.flatMap((perTurn) => {
            const value = medianUs(rounds, readers, perTurn, us);
            return [
              figure(value),
              times(value, base(floor, readers, perTurn)),
              times(value, base(reference, readers, perTurn)),
            ];
          }),
        ]),
      ),
    },
    left: leftOut(all),
    data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
  };
};
