import { expect, test } from 'vitest';
import { startLoad } from '../src/load/load.ts';
import { peers } from '../src/peers/index.ts';

const READERS = 3;
const PER_TURN = 5;

const here = peers.filter((it) => it.missing?.() === undefined);

test.each(here.map((it) => [it.name, it] as const))(
  '%s passes every message on to every reader, once and in order',
  async (_, { wire, start }) => {
    await using server = await start();
    await using load = startLoad();
    const { target } = server;
    await load.do('read', { wire, target, count: READERS, name: 'r' });
    await load.do('write', { wire, target, name: 'w' });
    const { deliveries } = await load.do('turns', { perTurn: PER_TURN, forMs: 1 });
    expect(deliveries).toBeGreaterThan(0);
    expect(deliveries % (READERS * PER_TURN)).toBe(0);
  },
);
