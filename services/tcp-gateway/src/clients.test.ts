import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Connection, Gateway } from '@partyline/gateway';
import { createLog, straightOn } from '@partyline/service';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Clients } from './clients.ts';
import { dialects } from './dialects/index.ts';

const until = (check: () => void) => vi.waitFor(check, 20_000);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const log = createLog({ service: 'test', instance: 'test', level: 'silent' });

/** A gateway that only counts who is in. */
const countingGateway = () => {
  const connections: Connection[] = [];
  const accept: Gateway['accept'] = (connection) => {
    connections.push(connection);
    return { frame() {}, fault() {}, drained() {}, gone: () => connection.end('goodbye') };
  };
  return { connections, gateway: { accept } as Gateway };
};

const counter = () => {
  const it = {
    value: 0,
    inc: () => {
      it.value += 1;
    },
    dec: () => {
      it.value -= 1;
    },
  };
  return it;
};

const listen = async (maxConnections: number) => {
  const { connections, gateway } = countingGateway();
  const clients = new Clients({ maxConnections, maxPerAddress: 0 }, log);
  const turnedAway = counter();
  const counts = { open: counter(), turnedAway };
  const entrance = clients.entrance({
    ...dialects.json('en'),
    wire: 'json+tcp',
    counts: { open: counts.open, turnedAway: turnedAway.inc },
    identify: straightOn,
    secure: () => straightOn,
  });
  const server = createServer({ allowHalfOpen: true }, entrance).listen(0, '127.0.0.1');
  let accepted = 0;
  server.on('connection', () => {
    accepted += 1;
  });
  await once(server, 'listening');
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const come = () => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', () => {});
    closing.push(() => socket.destroy());
    return socket;
  };
  return { clients, connections, counts, come, gateway, accepted: () => accepted };
};

const open = async (maxConnections: number) => {
  const parts = await listen(maxConnections);
  parts.clients.open(parts.gateway);
  return parts;
};

describe('clients', () => {
  test('are counted while they are connected', async () => {
    const { connections, counts, come } = await open(10);
    const sockets = [come(), come()];
    await until(() => expect(counts.open.value).toBe(2));
    expect(connections.map(({ wire }) => wire)).toEqual(['json+tcp', 'json+tcp']);
    sockets[0]?.destroy();
    await until(() => expect(counts.open.value).toBe(1));
  });

  test('who come before there is a gateway are brought to it when there is one', async () => {
    const { clients, connections, counts, come, gateway, accepted } = await listen(10);
    const [early, broken] = [come(), come()];
    await until(() => expect(accepted()).toBe(2));
    early.write('hello\n');
    broken.resetAndDestroy();
    expect(connections).toEqual([]);
    clients.open(gateway);
    await until(() => expect(counts.open.value).toBe(1));
  });

  test('are told politely when the line is full, and may come when it is not', async () => {
    const { counts, come } = await open(1);
    const first = come();
    await until(() => expect(counts.open.value).toBe(1));
    expect(JSON.parse(await text(come()))).toEqual({
      type: 'close',
      code: 'full',
      message: 'The line is full. Try again later.',
      resume: true,
    });
    expect(counts.turnedAway.value).toBe(1);
    first.destroy();
    await until(() => expect(counts.open.value).toBe(0));
    come();
    await until(() => expect(counts.open.value).toBe(1));
  });

  test('who come in thousands to a full line are dropped', async () => {
    const { counts, come } = await open(1);
    come();
    await until(() => expect(counts.open.value).toBe(1));
    const crowd = Array.from({ length: 300 }, come);
    await Promise.all(crowd.map((it) => once(it.resume(), 'close')));
    expect(counts).toMatchObject({ open: { value: 1 }, turnedAway: { value: 300 } });
  });

  test('who stay after their sessions ended are disconnected at the end', async () => {
    const { clients, connections, counts, come } = await open(10);
    const socket = come();
    socket.pause();
    await until(() => expect(counts.open.value).toBe(1));
    connections[0]?.end('shutdown');
    await clients[Symbol.asyncDispose]();
    expect(counts.open.value).toBe(0);
  });
});
