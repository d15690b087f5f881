import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createLog, createMetrics } from '@partyline/service';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Hosts, Mount, WebSocketHost } from '../src/routing.ts';
import { listen } from '../src/server.ts';

const log = createLog({ service: 'ws-gateway', instance: 'test', level: 'silent' });

const openServer = async (webSocket?: WebSocketHost, mounts: Hosts['mounts'] = new Map()) => {
  const metrics = createMetrics({ service: 'ws-gateway' });
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    origins: undefined,
    maxConnections: 10,
    ready: () => 'not yet',
    metrics,
    log,
  });
  if (webSocket !== undefined) server.open({ webSocket, mounts });
  return { server, metrics, url: `http://127.0.0.1:${server.port}` };
};

describe('the server', () => {
  it.each(['/', '/ws'])('tells a browser that %s is no page', async (path) => {
    const { server, url } = await openServer();
    await using _ = server;
    const answer = await fetch(url + path);
    expect(answer.status).toBe(426);
    expect(answer.headers.get('upgrade')).toBe('websocket');
    expect(await answer.json()).toMatchObject({ code: 'upgrade-needed' });
  });

  it('says that it is alive, whether it is ready, and what it counts, on the same port', async () => {
    const { server, url } = await openServer();
    await using _ = server;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ detail: 'not yet' });
    const refused = new WebSocket(url);
    await once(refused, 'error');
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/partyline_ws_upgrades_refused_total\{.*"unavailable".*\} 1/);
  });

  it('asks clients to come later until it is opened, and once it stops takes nobody', async () => {
    const { server, url } = await openServer();
    await using _ = server;
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
    const { server, url } = await openServer((webSocket) => webSocket.close(1012));
    const mute = connect(server.port, '127.0.0.1');
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

  it('hands on what comes beneath a mount, and counts it as a connection', async () => {
    const upgraded: Duplex[] = [];
    const mount: Mount = {
      request: (request, response) => response.end(`${request.method} ${request.url}`),
      upgrade: (_request, socket) => {
        upgraded.push(socket.on('end', () => socket.end()).resume());
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
        );
      },
    };
    const { server, url } = await openServer(() => undefined, new Map([['/mounted/', mount]]));
    await using _ = server;
    expect(await (await fetch(`${url}/mounted/a?b`, { method: 'POST' })).text()).toBe(
      'POST /mounted/a?b',
    );
    const cross = await fetch(`${url}/mounted/a`, { headers: { origin: 'https://evil.example' } });
    expect(cross.status).toBe(403);
    expect(await cross.json()).toMatchObject({ code: 'origin-refused' });

    const upgrade = async (): Promise<Socket> => {
      const asked = request(`${url}/mounted/`, {
        headers: { connection: 'Upgrade', upgrade: 'x' },
      });
      asked.end();
      const [answer, socket] = await once(asked, 'upgrade');
      expect(answer.statusCode).toBe(101);
      return socket;
    };
    const sockets: Socket[] = [];
    for (let count = 0; count < 10; count += 1) sockets.push(await upgrade());
    const over = new WebSocket(url);
    expect(String((await once(over, 'error'))[0])).toContain('503');
    for (const socket of sockets) socket.destroy();
    await Promise.all(upgraded.map((socket) => socket.destroyed || once(socket, 'close')));
    const client = new WebSocket(url);
    await once(client, 'open');
    client.terminate();
  });
});
