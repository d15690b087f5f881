import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpServer } from './http-server.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { type OpsServer, startOpsServer } from './ops-server.ts';

const metrics = createMetrics({ service: 's' });
const log = createLog({ service: 's', instance: 's-1', level: 'fatal' });

describe('the ops server', () => {
  let isReady: true | string = true;
  let server: OpsServer;
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);

  beforeEach(async () => {
    isReady = true;
    server = await startOpsServer({
      host: '127.0.0.1',
      port: 0,
      ready: () => isReady,
      metrics,
      log,
    });
  });
  afterEach(() => server[Symbol.asyncDispose]());

  it('says that the process runs, whether it can serve or not', async () => {
    isReady = 'The bus is away.';
    expect((await get('/healthz')).status).toBe(200);
  });

  it('says that the service can serve', async () => {
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('says why the service cannot serve', async () => {
    isReady = 'The bus is away.';
    const answer = await get('/readyz');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ code: 'unavailable', detail: 'The bus is away.' });
  });

  it('tells its metrics to Prometheus', async () => {
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    expect(await answer.text()).toContain('process_resident_memory_bytes');
  });

  it('answers an unknown path with a problem', async () => {
    const answer = await get('/nothing?x=1');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'path-unknown', path: '/nothing' });
  });
});

describe('an HTTP server', () => {
  const server = createHttpServer({ ready: () => true, metrics, log });
  server.get('/bug', () => {
    throw new Error('with details');
  });
  server.post('/body', () => 'taken');
  afterEach(() => server.close());

  it('answers bad input and bugs with problems, and keeps details of bugs to its log', async () => {
    const bad = await server.inject({
      method: 'POST',
      url: '/body',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(bad.statusCode).toBe(400);
    expect(bad.json()).toMatchObject({ code: 'request-bad', status: 400 });

    const bug = await server.inject('/bug');
    expect(bug.statusCode).toBe(500);
    expect(bug.json()).toMatchObject({ code: 'internal', status: 500 });
    expect(bug.body).not.toContain('details');
  });
});
