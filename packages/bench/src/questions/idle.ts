import { startLoad } from '../load/load.ts';
import { untilQuiet } from '../measure/cpu.ts';
import { residentBytes } from '../measure/memory.ts';
import { median } from '../measure/quantile.ts';
import { inRounds } from '../measure/rounds.ts';
import { floor, peers, reference } from '../peers/index.ts';
import { ngircd } from '../peers/installed/ngircd.ts';
import type { Peer } from '../peers/peer.ts';
import { figure, times } from '../report/table.ts';
import { leftOut, measured, type Question } from './question.ts';

const KIB = 1_024;

/** Bytes that each of a server's processes grew by, for each connection. */
type Grown = readonly number[];

const whole = (grown: Grown): number => grown.reduce((all, it) => all + it, 0);
const holder = (grown: Grown): number => grown.at(-1) ?? Number.NaN;

/** What a connection that is logged in and says nothing costs. */
export const idle: Question = async ({ quick, rounds, tell }) => {
  const connections = quick ? 200 : 5_000;
  const first = quick ? 20 : 200;

  const measure = async (peer: Peer): Promise<Grown> => {
    await using server = await peer.start();
    await using load = startLoad();
    const pids = server.processes.map(({ pid }) => pid);
    const { target } = server;
    const { wire } = peer;
    // The first ones make the server load and compile what it needs for any.
    await load.do('read', { wire, target, count: first, name: 'f' });
    await untilQuiet(pids);
    const before = residentBytes(pids);
    await load.do('read', { wire, target, count: connections, name: 'r' });
    await untilQuiet(pids);
    return residentBytes(pids).map((after, at) => (after - (before[at] ?? 0)) / connections);
  };

  // In an IRC channel each who comes is told to all: 5,000 are a measurement of something else.
  const asked = peers.filter((it) => it !== ngircd);
  const all = await inRounds(asked, rounds, measure, tell);
  const bytes = (peer: Peer, of: (grown: Grown) => number): number =>
    median((measured(all).find((it) => it.of === peer)?.rounds ?? []).map(of));
  const row = (name: string, value: number): readonly string[] => [
    name,
    figure(value / KIB),
    times(value, bytes(floor, whole)),
    times(value, bytes(reference, whole)),
  ];

  return {
    title: 'Idle: server memory per connection',
    method: `What the server's processes together grow by in resident memory while ${connections} clients connect and log in, each; the kernel's buffers are not in it. "floor" is ${floor.name}; "ours" is ${reference.name}.`,
    table: {
      columns: ['server', 'KiB a connection', '× floor', '× ours'],
      rows: measured(all).flatMap(({ of, rounds: [one] }) => [
        row(of.name, bytes(of, whole)),
        ...((one?.length ?? 1) > 1 ? [row('– its gateway alone', bytes(of, holder))] : []),
      ]),
    },
    left: leftOut(all),
    data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
  };
};
