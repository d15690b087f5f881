import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Pace, type Receiver } from '@partyline/gateway';
import type { Problem } from '@partyline/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LineFramer } from '../framing/lines.ts';
import { StreamConnection } from './stream.ts';

const LIMIT_BYTES = 64;

/** What a connection told, in order. */
class Told implements Receiver {
  readonly all: string[] = [];
  frame(it: string): void {
    this.all.push(`frame ${it}`);
  }
  fault({ code }: Problem): void {
    this.all.push(`fault ${code}`);
  }
  drained(): void {
    this.all.push('drained');
  }
  gone(how: 'ended' | 'vanished'): void {
    this.all.push(how);
  }
}

const until = (check: () => void) => vi.waitFor(check, 20_000);

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A client's socket, and the connection that the server has to it. */
const meet = async () => {
  const server = createServer({ allowHalfOpen: true, noDelay: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  // A test that resets the connection expects this side to break.
  client.on('error', () => {});
  const [socket] = (await once(server, 'connection')) as [Socket];
  const closed = vi.fn();
  const spokeTls = vi.fn();
  const connection = new StreamConnection(
    { socket, address: '192.0.2.1' },
    new LineFramer(LIMIT_BYTES),
    {
      wire: 'text+tcp',
      pace: new Pace(Date.now),
      ...{ spokeTls, closed },
    },
  );
  const told = new Told();
  connection.deliverTo(told);
  closing.push(() => {
    client.destroy();
    socket.destroy();
    server.close();
  });
  return { client, connection, told, spokeTls, closed };
};

/** Writes until the kernel takes no more, and a while longer. */
const fill = (connection: StreamConnection): number => {
  const bytes = Buffer.alloc(65_536, 'x');
  let written = 0;
  while (connection.queuedBytes < 20 * bytes.length) {
    connection.write(bytes);
    written += bytes.length;
  }
  return written;
};

describe('a stream connection', () => {
  test('on which somebody speaks TLS is told of, and its bytes are no lines', async () => {
    const { client, connection, told, spokeTls } = await meet();
    client.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x0a, 0x0a]));
    await until(() => expect(told.all).toEqual(['ended']));
    expect(spokeTls).toHaveBeenCalledExactlyOnceWith(connection);
    connection.end();
    client.end('more\n');
    await once(client.resume(), 'close');
    expect(told.all).toEqual(['ended']);
  });

  test('tells frames and faults in order, and goes on after a fault', async () => {
    const { client, connection, told } = await meet();
    client.write(Buffer.from('one\r\n\xff\ntwo\n', 'latin1'));
    client.write(`${'x'.repeat(10 * LIMIT_BYTES)}\nthree\n`);
    await until(() => expect(told.all).toHaveLength(5));
    expect(told.all).toEqual([
      'frame one',
      'fault utf8-bad',
      'frame two',
      'fault frame-too-long',
      'frame three',
    ]);
    expect(connection.address).toBe('192.0.2.1');
  });

  test('still gives a client that ended its side what is pending', async () => {
    const { client, connection, told, closed } = await meet();
    const heard = text(client);
    client.end('hi\nbyebye');
    await until(() => expect(told.all).toEqual(['frame hi', 'frame byebye', 'ended']));
    connection.write(Buffer.from('pending\r\n'));
    connection.end();
    expect(await heard).toBe('pending\r\n');
    await until(() => expect(closed).toHaveBeenCalledOnce());
    expect(told.all.filter((it) => it === 'vanished')).toEqual([]);
  });

  test('tells of a client that vanished, once', async () => {
    const { client, told, closed } = await meet();
    client.resetAndDestroy();
    await until(() => expect(closed).toHaveBeenCalledOnce());
    expect(told.all).toEqual(['vanished']);
  });

  test('ends only when everything is out, and drops what is written after', async () => {
    const { client, connection, told, closed } = await meet();
    client.pause();
    const written = fill(connection);
    connection.end();
    connection.write(Buffer.from('too late'));
    client.write('too late\n');
    const heard = await text(client);
    expect(heard).toHaveLength(written);
    await until(() => expect(closed).toHaveBeenCalledOnce());
    expect(told.all.filter((it) => it.startsWith('frame'))).toEqual([]);
  });

  test('says how much waits, and when all of it is out', async () => {
    const { client, connection, told } = await meet();
    client.pause();
    fill(connection);
    expect(connection.queuedBytes).toBeGreaterThan(0);
    expect(told.all).toEqual([]);
    client.resume();
    await until(() => expect(told.all).toEqual(['drained']));
    expect(connection.queuedBytes).toBe(0);
  });

  test('destroys at once, whatever waits', async () => {
    const { client, connection, told, closed } = await meet();
    client.pause();
    fill(connection);
    connection.destroy();
    expect(connection.queuedBytes).toBe(0);
    await until(() => expect(closed).toHaveBeenCalledOnce());
    expect(told.all).toEqual(['vanished']);
  });

  test('lets a session that waits for its answers to be out know that nobody takes them', async () => {
    const { client, connection, told, closed } = await meet();
    client.pause();
    client.end();
    await until(() => expect(told.all).toEqual(['ended']));
    fill(connection);
    client.resetAndDestroy();
    await until(() => expect(closed).toHaveBeenCalledOnce());
    expect(told.all).toEqual(['ended', 'drained']);
  });

  test('holds a client back while it is paused, and loses nothing', async () => {
    const { client, connection, told } = await meet();
    client.write('one\n');
    await until(() => expect(told.all).toEqual(['frame one']));
    connection.pause();
    // More than the kernel takes on both sides together.
    const lines = 400_000;
    client.write(`${'x'.repeat(LIMIT_BYTES)}\n`.repeat(lines));
    await until(() => expect(client.writableLength).toBeGreaterThan(0));
    const held = told.all.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(told.all).toHaveLength(held);
    connection.resume();
    await until(() => expect(told.all).toHaveLength(1 + lines));
  });

  test('replies nothing by itself to a client that does not read', async () => {
    const { client, connection } = await meet();
    client.pause();
    fill(connection);
    const queued = connection.queuedBytes;
    connection.reply(Buffer.from('refused'));
    expect(connection.queuedBytes).toBe(queued);
  });
});
