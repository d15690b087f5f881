import { startLoad } from '../load/load.ts';
import { cpuUs, untilQuiet } from '../measure/cpu.ts';
import { type Figures, type Part, partsOf, whole } from '../measure/parts.ts';
import { inRounds, leftOut, measured, medianOver } from '../measure/rounds.ts';
import { floor, peers, reference } from '../peers/index.ts';
import type { Peer } from '../peers/peer.ts';
import { figure, times } from '../report/table.ts';
import type { Question } from './question.ts';

/** What a server's processes used for each delivery. */
type Cell = { readonly readers: number; readonly perTurn: number; readonly us: Figures };

/** What a message costs the server for each who reads it. */
export const fanOut: Question = async ({ quick, rounds, tell }) => {
  const crowds = quick ? [20, 40] : [500, 1_000];
  const turns = [1, 10, 50];
  const forMs = quick ? 200 : 1_500;
  const warmUpMs = quick ? 50 : 400;

  const measure = async (peer: Peer): Promise<readonly Cell[]> => {
    await using server = await peer.start();
    await using load = startLoad();
    const pids = server.processes.map(({ pid }) => pid);
    const at = { wire: peer.wire, target: server.target };
    const cells: Cell[] = [];
    await load.do('write', { ...at, name: 'w' });
    let here = 0;
    for (const readers of crowds) {
      await load.do('read', { ...at, count: readers - here, name: `r${readers}x` });
      here = readers;
      await untilQuiet(pids);
      // Compilers and caches take longest at first; each size has its own short warm-up after that.
      await load.do('turns', { perTurn: 1, forMs: 4 * warmUpMs });
      for (const perTurn of turns) {
        await load.do('turns', { perTurn, forMs: warmUpMs });
        const before = cpuUs(pids);
        const { deliveries } = await load.do('turns', { perTurn, forMs });
        const used = cpuUs(pids).map((after, n) => after - (before[n] ?? 0));
        cells.push({ readers, perTurn, us: used.map((it) => it / deliveries) });
      }
    }
    return cells;
  };

  const all = await inRounds(peers, rounds, measure, tell);
  const cost = (peer: Peer, part: Part, readers: number, perTurn: number): number =>
    medianOver(all, peer, (cells) =>
      part.of(cells.find((it) => it.readers === readers && it.perTurn === perTurn)?.us ?? []),
    );

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
        measured(all).flatMap(({ of, rounds: [one] }) =>
          partsOf(one?.[0]?.us ?? []).map((part) => [
            part.name || of.name,
            `${readers}`,
            ...turns.flatMap((perTurn) => {
              const value = cost(of, part, readers, perTurn);
              return [
                figure(value),
                times(value, cost(floor, whole, readers, perTurn)),
                times(value, cost(reference, whole, readers, perTurn)),
              ];
            }),
          ]),
        ),
      ),
    },
    left: leftOut(all),
    data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
  };
};
