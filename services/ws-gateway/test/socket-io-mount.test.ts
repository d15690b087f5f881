import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection, Gateway } from '@partyline/gateway';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { SocketIo } from '../src/socket-io/mount.ts';
import { payloadOf } from '../src/socket-io/payload.ts';
import { Witness } from './witness.ts';

/** Socket.IO's path on a server of its own, before a gateway that says nothing by itself. */
const openMount = async () => {
  const arrived: { connection: Connection; witness: Witness }[] = [];
  const gateway: Pick<Gateway, 'accept'> = {
    accept: (connection) => {
      const witness = new Witness();
      arrived.push({ connection, witness });
      return witness;
    },
  };
  const mount = new SocketIo(gateway, {
    ...{ locale: 'en', pingMs: 30_000, maxConnections: 10, maxPerAddress: 0 },
  });
  const caller = { address: '192.0.2.1', isSecure: false };
  const server = createServer((request, response) => mount.request(request, response, caller));
  server.on('upgrade', (request, socket, head) => mount.upgrade(request, socket, head, caller));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    arrived,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await mount[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** A client by a bare WebSocket, and the server's side of it. */
const enterBare = async ({ url, arrived }: Awaited<ReturnType<typeof openMount>>) => {
  const client = new WebSocket(
    `${url.replace('http:', 'ws:')}/socket.io/?EIO=4&transport=websocket`,
  );
  client.on('error', () => undefined);
  await once(client, 'message');
  const guest = arrived.at(-1);
  if (guest === undefined) throw new Error('nobody came');
  return { client, ...guest };
};

const MIB = 1_048_576;

describe('a connection of Engine.IO', () => {
  it('is not read from while it is held back', async () => {
    await using door = await openMount();
    const held = await enterBare(door);
    const other = await enterBare(door);
    held.connection.pause();
    held.client.send('4one');
    for (let n = 0; n < 3; n += 1) {
      other.client.send(`4${n}`);
      await expect.poll(() => other.witness.heard).toContain(`frame ${n}`);
    }
    expect(held.witness.heard).toEqual([]);
    held.connection.resume();
    await expect.poll(() => held.witness.heard).toEqual(['frame one']);
  });

  it('counts what its client does not read, and tells when that is out', async () => {
    await using door = await openMount();
    const { client, connection, witness } = await enterBare(door);
    client.pause();
    const payload = payloadOf([`2["x","${'x'.repeat(MIB)}"]`]);
    // Until the kernel takes no more.
    for (let n = 0; n < 32; n += 1) connection.write(payload);
    expect(connection.queuedBytes).toBe(32 * payload.length);
    client.resume();
    await expect.poll(() => witness.heard, { timeout: 10_000 }).toContain('drained');
    expect(connection.queuedBytes).toBe(0);
  });

  it('counts what waits for a poll', async () => {
    await using door = await openMount();
    const at = `${door.url}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(at)).text()).slice(1));
    const { connection, witness } = door.arrived[0] ?? {};
    connection?.write(payloadOf(['2["a"]', '2["b"]']));
    connection?.write(payloadOf(['2["c"]']));
    expect(connection?.queuedBytes).toBe(3 * '2["a"]!'.length);
    const answer = await (await fetch(`${at}&sid=${sid}`)).text();
    expect(answer).toBe('42["a"]\u001e42["b"]\u001e42["c"]');
    expect(witness?.heard).toEqual(['drained']);
    expect(connection?.queuedBytes).toBe(0);
  });

  it('tells everything in order while it changes its transport', async () => {
    await using door = await openMount();
    const socket: Socket = io(door.url, { transports: ['polling', 'websocket'] });
    const heard: number[] = [];
    socket.on('n', (n: number) => heard.push(n));
    const upgraded = new Promise((resolve) => {
      socket.io.once('open', () => socket.io.engine.once('upgrade', resolve));
    });
    await expect.poll(() => door.arrived).toHaveLength(1);
    const { connection } = door.arrived[0] ?? {};
    let said = 0;
    const say = (): void => connection?.write(payloadOf([`2["n",${said++}]`, `2["n",${said++}]`]));
    connection?.write(payloadOf(['0{"sid":"s"}']));
    let isUpgraded = false;
    void upgraded.then(() => {
      isUpgraded = true;
    });
    while (!isUpgraded) {
      say();
      await new Promise(setImmediate);
    }
    for (let n = 0; n < 10; n += 1) say();
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(said);
    expect(heard).toEqual(Array.from({ length: said }, (_, n) => n));
    socket.disconnect();
  });

  it.each([
    ['a page that is left', 1001, 'ended'],
    ['a client that may come back', 1000, 'vanished'],
  ] as const)('tells how the WebSocket of %s is closed', async (_who, code, how) => {
    await using door = await openMount();
    const { client, witness } = await enterBare(door);
    client.close(code);
    await witness.over;
    expect(witness.heard).toEqual([how]);
  });

  it('has a moment to answer that it is closed, and no longer, when the server stops', async () => {
    const door = await openMount();
    const { client: lively } = await enterBare(door);
    const { client: mute } = await enterBare(door);
    mute.pause();
    const codes = [lively, mute].map((it) => once(it, 'close').then(([code]) => code));
    for (const { connection } of door.arrived) connection.end('shutdown');
    const began = Date.now();
    await door[Symbol.asyncDispose]();
    // A second is given; a WebSocket that nobody cuts lasts for ten.
    expect(Date.now() - began).toBeLessThan(8_000);
    mute.resume();
    expect(await Promise.all(codes)).toEqual([1005, 1005]);
  });

  it('is cut at once when it is to be, whatever waits', async () => {
    await using door = await openMount();
    const { client, connection, witness } = await enterBare(door);
    client.pause();
    connection.write(payloadOf([`2["x","${'x'.repeat(32 * MIB)}"]`]));
    connection.destroy('too-slow');
    await witness.over;
    client.resume();
    const [code] = await once(client, 'close');
    expect(code).toBe(1006);
  });
});
