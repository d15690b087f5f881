import { readdirSync, readFileSync } from 'node:fs';
import { startLoad } from '../load/load.ts';
import { untilQuiet } from '../measure/cpu.ts';
import { openFilesIn, residentBytes } from '../measure/memory.ts';
import { inRounds, leftOut, measured, medianOver } from '../measure/rounds.ts';
import { floor } from '../peers/index.ts';
import { startPartyline } from '../peers/partyline.ts';
import type { Peer } from '../peers/peer.ts';
import { figure, times } from '../report/table.ts';
import type { Question } from './question.ts';

const KIB = 1_024;
const WANTED = 50_000;
/** Descriptors that a server needs for everything else. */
const OTHER_FILES = 256;
/** As many as one load process holds, from an address of its own, so that there are ports enough. */
const PER_LOAD = 10_000;

type Held = { readonly connections: number; readonly bytes: number; readonly seconds: number };

const gateway: Peer = {
  name: 'tcp-gateway, text',
  wire: 'partyline text',
  // They wait at the door for as long as it takes.
  start: () => startPartyline('partyline text', { PARTYLINE_LOGIN_MS: '0' }),
};

/** What they hear before they do nothing. */
const greetedBy = (peer: Peer): string => (peer === gateway ? 'Choose a nickname' : '');

/** How many idle connections one process holds, and what each costs. */
export const crowd: Question = async ({ quick, rounds, tell }) => {
  const wanted = quick ? 500 : WANTED;

  const measure = async (peer: Peer): Promise<Held> => {
    await using server = await peer.start();
    await using loads = new AsyncDisposableStack();
    const { pid = 0 } = server.processes.at(-1) ?? {};
    const limit = openFilesIn(readFileSync(`/proc/${pid}/limits`, 'utf8'));
    const connections = Math.min(wanted, limit - OTHER_FILES);
    const hold = async (count: number, address: number): Promise<void> => {
      const load = loads.use(startLoad());
      const target = { ...server.target, localAddress: `127.0.1.${address}` };
      await load.do('hold', { target, greeted: greetedBy(peer), count });
    };
    // The first ones make the server load and compile what it needs for any.
    await hold(100, 1);
    await untilQuiet([pid]);
    const [before = 0] = residentBytes([pid]);
    const began = performance.now();
    for (let held = 100, address = 2; held < connections; address += 1) {
      const count = Math.min(PER_LOAD, connections - held);
      await hold(count, address);
      held += count;
    }
    const seconds = (performance.now() - began) / 1_000;
    await untilQuiet([pid]);
    const [after = 0] = residentBytes([pid]);
    const open = readdirSync(`/proc/${pid}/fd`).length;
    if (open < connections) throw new Error(`of ${connections} connections ${open} are left`);
    return { connections, bytes: (after - before) / (connections - 100), seconds };
  };

  const all = await inRounds([gateway, floor], rounds, measure, tell);
  const bytes = (peer: Peer): number => medianOver(all, peer, (it) => it.bytes);

  return {
    title: 'Crowd: idle connections in one process',
    method: `Clients connect from several loopback addresses, hear the greeting and do nothing, up to ${wanted} or what the server's limit on open files (RLIMIT_NOFILE) leaves; all stay connected. KiB is what the process that holds them grows by in resident memory, each; the kernel's buffers are not in it. "floor" is ${floor.name}.`,
    table: {
      columns: [
        'server',
        'connections held',
        'KiB a connection',
        '× floor',
        'connections a second',
      ],
      rows: measured(all).map(({ of }) => [
        of.name,
        String(medianOver(all, of, (it) => it.connections)),
        figure(bytes(of) / KIB),
        times(bytes(of), bytes(floor)),
        figure(medianOver(all, of, (it) => it.connections / it.seconds)),
      ]),
    },
    left: leftOut(all),
    data: all.map(({ of, outcome }) => ({ server: of.name, outcome })),
  };
};
