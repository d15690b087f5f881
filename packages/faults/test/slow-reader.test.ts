import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  brokenPromises,
  dialSocketIo,
  dialTcp,
  dialWs,
  finish,
  readLog,
  startSystem,
  TalkingClient,
} from '../src/index.ts';

const HIGH_WATER_BYTES = 262_144;
const STALL_MS = 30_000;

/** A number of the gateway's metrics. */
const metric = async (port: number, name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)`, 'm').exec(text)?.[1]);
};

test('a reader that stops for 30 s at full rate costs its high-water mark, and gets everything once it reads on', async () => {
  await using system = await startSystem({
    PARTYLINE_HIGH_WATER_BYTES: `${HIGH_WATER_BYTES}`,
    PARTYLINE_STALL_MS: '120000',
  });
  const slow = [
    new TalkingClient('slow-tcp', dialTcp(system.tcp.jsonPort)),
    new TalkingClient('slow-ws', dialWs(system.ws.port)),
    new TalkingClient('slow-page', dialSocketIo(system.ws.port)),
  ];
  const talkers = Array.from(
    { length: 20 },
    (_, n) => new TalkingClient(`talker${n}`, dialTcp(system.tcp.jsonPort)),
  );
  await Promise.all([...slow, ...talkers].map((client) => client.enter()));
  for (const client of slow) client.pause();
  for (const client of talkers) client.talk();

  const until = Date.now() + STALL_MS;
  const queued: number[] = [];
  while (Date.now() < until) {
    await pass(500);
    queued.push(await metric(system.tcp.opsPort, 'partyline_gateway_queued_bytes_max'));
    queued.push(await metric(system.ws.port, 'partyline_gateway_queued_bytes_max'));
  }
  expect(await metric(system.tcp.opsPort, 'partyline_gateway_catching_up_readers')).toBe(1);
  expect(await metric(system.ws.port, 'partyline_gateway_catching_up_readers')).toBe(2);
  // One turn's bytes may come on top of the mark; a stream's chunk is 64 KiB, and JSON grows a little.
  expect(Math.max(...queued)).toBeLessThanOrEqual(HIGH_WATER_BYTES + 262_144);

  for (const client of slow) client.resume();
  await finish([...slow, ...talkers]);
  expect([...slow, ...talkers].map((client) => client.breaks)).toEqual(Array(23).fill(0));
  expect(brokenPromises(await readLog(system, 'lobby'), [...slow, ...talkers])).toEqual([]);
  for (const client of [...slow, ...talkers]) client.close();
}, 180_000);
