import { startLoad } from '../load/load.ts';
import { cpuUs } from '../measure/cpu.ts';
import { median } from '../measure/quantile.ts';
import { startPartyline } from '../peers/partyline.ts';
import { figure, times } from '../report/table.ts';
import type { Question } from './question.ts';

/** What it cost that people came: what all were told together, and CPU of chat-core and the gateway. */
type Cost = { readonly bytes: number; readonly coreUs: number; readonly gatewayUs: number };
type Cell = { readonly members: number; readonly storm: Cost; readonly one: Cost };

/** What it costs a room that many come at once, and that one more comes. */
export const storm: Question = async ({ quick, rounds, tell }) => {
  const sizes = quick ? [20, 60] : [1_000, 3_000, 10_000];
  const more = quick ? 2 : 10;

  const measure = async (members: number): Promise<Cell> => {
    await using server = await startPartyline('partyline json');
    await using load = startLoad();
    const { target } = server;
    const pids = server.processes.map(({ pid }) => pid);
    const costOf = async (come: () => Promise<unknown>): Promise<Cost> => {
      const before = cpuUs(pids);
      await come();
      const { bytes } = await load.do('heard', {});
      const [coreUs = 0, gatewayUs = 0] = cpuUs(pids).map((it, n) => it - (before[n] ?? 0));
      return { bytes, coreUs, gatewayUs };
    };
    const storm = await costOf(() => load.do('come', { target, count: members, name: 'm' }));
    const one: Cost[] = [];
    for (let n = 0; n < more; n += 1)
      one.push(await costOf(() => load.do('come', { target, count: 1, name: `x${n}y` })));
    return { members, storm, one: mean(one) };
  };

  const cells: Cell[] = [];
  for (let round = 1; round <= rounds; round += 1)
    for (const members of sizes) {
      tell(`round ${round} of ${rounds}: ${members} members`);
      cells.push(await measure(members));
    }
  const of = (members: number, what: (cell: Cell) => number): number =>
    median(cells.filter((it) => it.members === members).map(what));
  const [least = 1] = sizes;

  return {
    title: 'Storm: what a room costs that people come into',
    method: `So many JSON clients of tcp-gateway are connected, log in all at once, and are in one room; then ${more} more come, one after the other. Bytes are all that all clients are sent together: the answers to logins, and who came. In brackets, how many times that is of ${least} clients, for each who came or is there: 1.00× is linear.`,
    table: {
      columns: [
        'members',
        'all at once, MB',
        'KB for each',
        'core, µs for each',
        'gateway, µs for each',
        'one more, KB',
        'bytes for each',
        'core, ms',
        'gateway, ms',
      ],
      rows: sizes.map((members) => {
        const each = (what: (cell: Cell) => number): string => {
          const value = of(members, what) / members;
          return `${figure(value)} (${times(value, of(least, what) / least)})`;
        };
        return [
          members.toLocaleString('en'),
          figure(of(members, (it) => it.storm.bytes / 1e6)),
          each((it) => it.storm.bytes / 1e3),
          each((it) => it.storm.coreUs),
          each((it) => it.storm.gatewayUs),
          figure(of(members, (it) => it.one.bytes / 1e3)),
          each((it) => it.one.bytes),
          figure(of(members, (it) => it.one.coreUs / 1e3)),
          figure(of(members, (it) => it.one.gatewayUs / 1e3)),
        ];
      }),
    },
    left: [],
    data: cells,
  };
};

const mean = (costs: readonly Cost[]): Cost => {
  const of = (what: (cost: Cost) => number): number =>
    costs.reduce((sum, it) => sum + what(it), 0) / costs.length;
  return {
    ...{ bytes: of((it) => it.bytes), coreUs: of((it) => it.coreUs) },
    gatewayUs: of((it) => it.gatewayUs),
  };
};
