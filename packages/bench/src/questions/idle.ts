import { startLoad } from '../load/load.ts';
import { untilQuiet } from '../measure/cpu.ts';
import { residentBytes } from '../measure/memory.ts';
import { type Figures, type Part, partsOf, whole } from '../measure/parts.ts';
import { inRounds, leftOut, measured, medianOver } from '../measure/rounds.ts';
import { floor, peers, reference } from '../peers/index.ts';
import { ngircd } from '../peers/installed/ngircd.ts';
import type { Peer } from '../peers/peer.ts';
import { figure, times } from '../report/table.ts';
import type { Question } from './question.ts';

const KIB = 1_024;

// In an IRC channel each who comes is told to all: 5,000 who come are a measurement of something else.
const asked = peers.filter((it) => it !== ngircd);

/** What a connection that is logged in and says nothing costs. */
export const idle: Question = async ({ quick, rounds, tell }) => {
  const connections = quick ? 200 : 5_000;
  const first = quick ? 20 : 200;

  const measure = async (peer: Peer): Promise<Figures> => {
    await using server = await peer.start();
    await using load = startLoad();
    const pids = server.processes.map(({ pid }) => pid);
    const at = { wire: peer.wire, target: server.target };
    // The first ones make the server load and compile what it needs for any.
    await load.do('read', { ...at, count: first, name: 'f' });
    await untilQuiet(pids);
    const before = residentBytes(pids);
    await load.do('read', { ...at, count: connections, name: 'r' });
    await untilQuiet(pids);
    return residentBytes(pids).map((after, n) => (after - (before[n] ?? 0)) / connections);
  };

  const all = await inRounds(asked, rounds, measure, tell);
  const bytes = (peer: Peer, part: Part): number => medianOver(all, peer, part.of);

  return {
    title: 'Idle: server memory per connection',
    method: `What the server's processes together grow by in resident memory while ${connections} clients connect and log in, each; the kernel's buffers are not in it. "floor" is ${floor.name}; "ours" is ${reference.name}.`,
    table: {
      columns: ['server', 'KiB a connection', '× floor', '× ours'],
      rows: measured(all).flatMap(({ of, rounds: [one] }) =>
        partsOf(one ?? []).map((part) => [
          part.name || of.name,
          figure(bytes(of, part) / KIB),
          times(bytes(of, part), bytes(floor, whole)),
          times(bytes(of, part), bytes(reference, whole)),
        ]),
      ),
    },
    left: leftOut(all),
    data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
  };
};
