import { createServer, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { Exporter, type ExporterOptions } from './exporter.ts';
import type { Span } from './otlp.ts';

type Request = {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** A collector that answers as it is told, in turn; then with 200. */
const startCollector = async (answers: readonly (readonly [status: number, body: string])[]) => {
  const requests: Request[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const [status, text] = answers[requests.length] ?? [200, '{}'];
      requests.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { requests, url: `http://127.0.0.1:${port}/v1/traces`, server };
};

/** Waits for a condition, as long as a busy machine may take. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0)) await end();
});

const span: Span = {
  trace: '0af7651916cd43dd8448eb211c80319c',
  span: 'b7ad6b7169203331',
  name: 'publish say',
  kind: 'producer',
  startMs: 1_700_000_000_000.25,
  endMs: 1_700_000_000_001.5,
  attributes: { text: 'x', count: 3, share: 0.5, yes: true },
};

const open = (url: string, more: Partial<ExporterOptions> = {}) => {
  const done = { exported: 0, dropped: 0 };
  const exporter = new Exporter({
    ...{ url, headers: { authorization: 'Bearer x' }, resource: { 'service.name': 's' } },
    log: { warn: () => {}, info: () => {} },
    onDone: (outcome, spans) => {
      done[outcome] += spans;
    },
    // Time passes at once.
    sleep: async () => {
      await wait(1);
    },
    ...more,
  });
  cleanup.push(() => exporter[Symbol.asyncDispose]());
  return { exporter, done };
};

it('posts spans in batches, as OTLP writes them in JSON', async () => {
  const { requests, url, server } = await startCollector([]);
  cleanup.push(() => server.close());
  const { exporter, done } = open(url);
  exporter.add(span);
  exporter.add({ ...span, span: 'c7ad6b7169203331', parent: span.span, error: 'why' });
  await soon(() => expect(done.exported).toBe(2));
  const [request] = requests;
  expect(requests).toHaveLength(1);
  expect(request?.url).toBe('/v1/traces');
  expect(request?.headers).toMatchObject({
    'content-type': 'application/json',
    authorization: 'Bearer x',
  });
  const { resourceSpans } = JSON.parse(request?.body ?? '');
  expect(resourceSpans[0].resource.attributes).toEqual([
    { key: 'service.name', value: { stringValue: 's' } },
  ]);
  expect(resourceSpans[0].scopeSpans[0].spans).toEqual([
    {
      traceId: span.trace,
      spanId: span.span,
      name: 'publish say',
      kind: 4,
      startTimeUnixNano: '1700000000000250000',
      endTimeUnixNano: '1700000000001500000',
      attributes: [
        { key: 'text', value: { stringValue: 'x' } },
        { key: 'count', value: { intValue: '3' } },
        { key: 'share', value: { doubleValue: 0.5 } },
        { key: 'yes', value: { boolValue: true } },
      ],
      status: {},
    },
    expect.objectContaining({ parentSpanId: span.span, status: { code: 2, message: 'why' } }),
  ]);
});

it('waits for more until there is a whole batch', async () => {
  const { requests, url, server } = await startCollector([]);
  cleanup.push(() => server.close());
  const { exporter, done } = open(url, {
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  });
  for (let count = 0; count < 511; count += 1) exporter.add(span);
  await new Promise((resolve) => setImmediate(resolve));
  expect(requests).toHaveLength(0);
  exporter.add(span);
  await soon(() => expect(done.exported).toBe(512));
  expect(requests).toHaveLength(1);
});

it('sends a batch again when the collector asks for it', async () => {
  const { requests, url, server } = await startCollector([
    [503, ''],
    [429, ''],
  ]);
  cleanup.push(() => server.close());
  const { exporter, done } = open(url);
  exporter.add(span);
  await soon(() => expect(done).toEqual({ exported: 1, dropped: 0 }));
  expect(requests).toHaveLength(3);
  expect(new Set(requests.map((it) => it.body)).size).toBe(1);
});

it('drops, and counts, what a collector refuses, all or part of it', async () => {
  const { url, server } = await startCollector([
    [400, ''],
    [200, '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"no"}}'],
  ]);
  cleanup.push(() => server.close());
  const { exporter, done } = open(url);
  exporter.add(span);
  await soon(() => expect(done).toEqual({ exported: 0, dropped: 1 }));
  exporter.add(span);
  exporter.add(span);
  await soon(() => expect(done).toEqual({ exported: 1, dropped: 2 }));
});

it('holds so much while the collector is away and no more, and tells of it once', async () => {
  const warnings: unknown[] = [];
  const { exporter, done } = open('http://127.0.0.1:9/v1/traces', {
    log: { warn: (it: unknown) => warnings.push(it), info: () => {} } as ExporterOptions['log'],
  });
  for (let count = 0; count < 20_000; count += 1) exporter.add(span);
  expect(exporter.waiting).toBeLessThanOrEqual(8_192);
  expect(done.dropped).toBeGreaterThanOrEqual(20_000 - 8_192 - 512);
  await soon(() => expect(exporter.waiting).toBe(0));
  await soon(() => expect(done).toEqual({ exported: 0, dropped: 20_000 }));
  expect(warnings).toHaveLength(1);
});

it('sends what is left when it stops, and waits for no collector that says nothing', async () => {
  const { requests, url, server } = await startCollector([]);
  cleanup.push(() => server.close());
  const { exporter, done } = open(url, {
    sleep: (_ms, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
  });
  exporter.add(span);
  await exporter[Symbol.asyncDispose]();
  expect(requests).toHaveLength(1);
  expect(done.exported).toBe(1);

  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  cleanup.push(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const stuck = open(`http://127.0.0.1:${port}/v1/traces`);
  stuck.exporter.add(span);
  const startedAt = performance.now();
  await stuck.exporter[Symbol.asyncDispose]();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(stuck.done).toEqual({ exported: 0, dropped: 1 });
});
