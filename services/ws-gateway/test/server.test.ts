import { once } from 'node:events';
import { connect } from 'node:net';
import { createLog, createMetrics } from '@partyline/service';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../src/server.ts';
import type { Host } from '../src/upgrades.ts';

const log = createLog({ service: 'ws-gateway', instance: 'test', level: 'silent' });

const openServer = async (host?: Host) => {
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
  if (host !== undefined) server.open(host);
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
    server.open(() => undefined);
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
});
