import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import {
  brokenPromises,
  dialTcp,
  dialWs,
  finish,
  readLog,
  startSystem,
  TalkingClient,
} from '../src/index.ts';

const CONNECTIONS = 5_000;
/** What a process may grow by while the crowd is there: a bound, far above what is measured. */
const CROWD_BYTES = 512 * 1_048_576;

const open = async (port: number): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
};

const residentBytes = async (port: number): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes(?:{[^}]*})? (\S+)/m.exec(text)?.[1]);
};

test(`${CONNECTIONS} connections at once, silent or flooding or full of garbage, harm nobody`, async () => {
  await using system = await startSystem({
    PARTYLINE_FLOOD_PER_SECOND: '50',
    PARTYLINE_FLOOD_BURST: '200',
  });
  const polite = [
    new TalkingClient('polite-tcp', dialTcp(system.tcp.jsonPort)),
    new TalkingClient('polite-ws', dialWs(system.ws.port)),
  ];
  await Promise.all(polite.map((client) => client.enter()));
  const before = await residentBytes(system.tcp.opsPort);
  for (const client of polite) client.talk();

  const ports = [system.tcp.textPort, system.tcp.jsonPort, system.ws.port];
  const crowd = await Promise.all(
    Array.from({ length: CONNECTIONS }, (_, n) => open(ports[n % ports.length] ?? 0)),
  );
  const garbage = [
    () => randomBytes(2_000),
    () => Buffer.alloc(100_000, 0x41),
    () => Buffer.alloc(5_000),
    () => Buffer.from('{"type":"broadcast","message":"early"}\n'.repeat(100)),
    () => Buffer.from([0xff, 0xfb, 0x01, 0xff, 0xfa, 0x18, 0xc3, 0x28, 0x0a]),
    () => Buffer.from('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n'),
  ];
  for (const [n, socket] of crowd.entries())
    if (n % 2 === 0) socket.write(garbage[n % garbage.length]?.() ?? '');

  const acks = polite.map((client) => client.acked.size);
  await Promise.all(
    polite.map((client, n) => client.until(() => client.acked.size > (acks[n] ?? 0) + 100)),
  );
  expect((await residentBytes(system.tcp.opsPort)) - before).toBeLessThan(CROWD_BYTES);

  for (const socket of crowd) socket.destroy();
  await finish(polite);
  expect(polite.map((client) => client.breaks)).toEqual([0, 0]);
  // Lines of the crowd may have become messages too; what was owed is judged up to the last ack.
  const last = Math.max(...polite.map((client) => client.lastAcked));
  const log = (await readLog(system, 'lobby')).filter((entry) => entry.seq <= last);
  for (const client of polite)
    client.seen.length = client.seen.findIndex((it) => it.seq === last) + 1;
  expect(brokenPromises(log, polite)).toEqual([]);
  for (const client of polite) client.close();
}, 180_000);

test('hostile bytes on the bus are refused by the token alone', async () => {
  await using system = await startSystem();
  const answer = await system.admin('/v1/overview', { headers: { authorization: 'Bearer wrong' } });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
});
