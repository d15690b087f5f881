import { expect, it } from 'vitest';
import type { Exchange } from '../dns/exchange.ts';
import { createServers } from './servers.ts';

const server = { name: 'near', address: '192.0.2.53', port: 53 };

const asking = (ttl: number, rcode = 'NOERROR') => {
  const clock = { ms: 0 };
  const asked: string[] = [];
  const exchange = async (_at: unknown, { name }: { name: string }): Promise<Exchange> => {
    asked.push(name);
    const record = { name, type: 'A', ttl, data: '192.0.2.1' };
    const answers = rcode === 'NOERROR' ? [record] : [];
    const reply = { rcode, truncated: false, flags: [], answers, authorities: [] };
    return { reply, via: 'udp' };
  };
  const ask = createServers({ exchange, cacheMs: 60_000, now: () => clock.ms });
  return { clock, asked, ask: () => ask(server, 'a.example', 'A') };
};

it('keeps an answer as long as it may be kept, and tells how long that still is', async () => {
  const { ask, asked, clock } = asking(30);
  expect(await ask()).toMatchObject({ records: ['192.0.2.1'], ttl: 30, via: 'udp' });
  clock.ms = 12_500;
  expect(await ask()).toMatchObject({ ttl: 18, cached: true });
  clock.ms = 30_000;
  expect(await ask()).not.toHaveProperty('cached');
  expect(asked).toHaveLength(2);
});

it('keeps no answer for longer than the operator lets it', async () => {
  const { ask, asked, clock } = asking(86_400);
  await ask();
  clock.ms = 60_000;
  await ask();
  expect(asked).toHaveLength(2);
});

it('keeps no failure', async () => {
  const failing = asking(30, 'SERVFAIL');
  expect([await failing.ask(), await failing.ask()]).toMatchObject([
    { result: 'servfail' },
    { result: 'servfail' },
  ]);
  expect(failing.asked).toHaveLength(2);
});

it('asks the same question once at a time', async () => {
  const { ask, asked } = asking(30);
  const answers = await Promise.all([ask(), ask(), ask()]);
  expect(asked).toHaveLength(1);
  expect(answers[1]).toEqual(answers[0]);
});
