import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Mount } from '../src/routing.ts';
import { openServer } from './open-server.ts';

describe('the server', () => {
  it.each(['/', '/ws'])('tells a browser that %s is no page', async (path) => {
    await using opened = await openServer();
    const answer = await fetch(`http://127.0.0.1:${opened.port}${path}`);
    expect(answer.status).toBe(426);
    expect(answer.headers.get('upgrade')).toBe('websocket');
    expect(await answer.json()).toMatchObject({ code: 'upgrade-needed' });
  });

  it('says that it is alive, whether it is ready, and what it counts, on the same port', async () => {
    await using opened = await openServer();
    const at = `http://127.0.0.1:${opened.port}`;
    expect((await fetch(`${at}/healthz`)).status).toBe(200);
    const ready = await fetch(`${at}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ detail: 'not yet' });
    const refused = new WebSocket(opened.url);
    await once(refused, 'error');
    const metrics = await (await fetch(`${at}/metrics`)).text();
    expect(metrics).toMatch(/partyline_ws_upgrades_refused_total\{.*"unavailable".*\} 1/);
  });

  it('asks clients to come later until it is opened, and once it stops takes nobody', async () => {
    await using opened = await openServer();
    const { server, url } = opened;
    const early = new WebSocket(url);
    const [error] = await once(early, 'error');
    expect(String(error)).toContain('503');
    server.open({ webSocket: () => undefined });
    const client = new WebSocket(url);
    await once(client, 'open');
    server.stop();
    const late = new WebSocket(url);
    await once(late, 'error');
    expect(client.readyState).toBe(WebSocket.OPEN);
    client.terminate();
  });

  it('is over in a moment though clients linger', async () => {
    const { server, url, port } = await openServer();
    server.open({ webSocket: (webSocket) => webSocket.close(1012) });
    const mute = connect(port, '127.0.0.1');
    mute.on('error', () => undefined);
    await once(mute, 'connect');
    const client = new WebSocket(url);
    await once(client, 'open');
    client.pause();
    const closed = once(client, 'close');
    await server[Symbol.asyncDispose]();
    client.resume();
    await closed;
    mute.destroy();
  });

  it('listens at every URL, and tells where', async () => {
    const urls = ['ws://127.0.0.1:0', 'ws://[::1]:0', 'ws://*:0'];
    await using opened = await openServer({ urls, publicHost: 'chat.example' });
    const { server } = opened;
    server.open({ webSocket: () => undefined });
    expect(server.endpoints).toEqual([
      expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/),
      expect.stringMatching(/^ws:\/\/\[::1\]:\d+$/),
      expect.stringMatching(/^ws:\/\/chat\.example:\d+$/),
    ]);
    for (const endpoint of server.endpoints) {
      const client = new WebSocket(endpoint.replace('chat.example', 'localhost'));
      await once(client, 'open');
      client.terminate();
    }
  });

  it('listens nowhere when one of its ports is in use', async () => {
    await using opened = await openServer();
    const free = await openServer();
    await free.server[Symbol.asyncDispose]();
    const urls = [free.url, opened.url];
    await expect(openServer({ urls })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await using again = await openServer({ urls: [free.url] });
    expect(again.url).toBe(free.url);
  });

  it('hands on what comes beneath a mount, and counts it as a connection', async () => {
    const upgraded: Duplex[] = [];
    const mount: Mount = {
      request: ({ method, url }, response, { address }) =>
        response.end(`${method} ${url} of ${address}`),
      upgrade: (_request, socket) => {
        upgraded.push(socket.on('end', () => socket.end()).resume());
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
        );
      },
    };
    await using opened = await openServer({ maxConnections: 3 });
    const { server, url } = opened;
    server.open({ webSocket: () => undefined, mounts: new Map([['/mounted/', mount]]) });
    const at = `http://127.0.0.1:${opened.port}/mounted/`;
    const answer = await fetch(`${at}a?b`, { method: 'POST' });
    expect(await answer.text()).toBe('POST /mounted/a?b of 127.0.0.1');
    const cross = await fetch(at, { headers: { origin: 'https://evil.example' } });
    expect(cross.status).toBe(403);
    expect(await cross.json()).toMatchObject({ code: 'origin-refused' });

    const sockets: Socket[] = [];
    for (let count = 0; count < 3; count += 1) {
      const asked = request(at, { headers: { connection: 'Upgrade', upgrade: 'x' } });
      asked.end();
      const [, socket] = await once(asked, 'upgrade');
      sockets.push(socket);
    }
    const over = new WebSocket(url);
    expect(String((await once(over, 'error'))[0])).toContain('503');
    for (const socket of sockets) socket.destroy();
    await Promise.all(upgraded.map((socket) => socket.destroyed || once(socket, 'close')));
    const client = new WebSocket(url);
    await once(client, 'open');
    client.terminate();
  });
});
