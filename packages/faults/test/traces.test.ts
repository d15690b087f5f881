import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startSystem } from '../src/system.ts';

/** Generous: it only bounds how long a busy machine may take. */
const waiting = { timeout: 30_000 };
const testMs = 90_000;

type Attribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };
type Span = {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
};

/** A collector that keeps what it is sent; `answer` answers. */
const startCollector = async (answer: (response: ServerResponse) => void) => {
  const spans: Span[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      const its = resource.attributes.find(({ key }: Attribute) => key === 'service.name');
      for (const scope of scopeSpans)
        for (const span of scope.spans) spans.push({ ...span, service: its.value.stringValue });
    }
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { spans, url: `http://127.0.0.1:${port}` };
};

const textClient = async (port: number, nick: string) => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const told: string[] = [];
  createInterface({ input: socket }).on('line', (line) => told.push(line));
  await once(socket, 'connect');
  socket.write(`${nick}\n`);
  return { told, say: (text: string) => void socket.write(`${text}\n`) };
};

const webSocketClient = async (port: number) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'partyline.v1');
  onTestFinished(() => socket.close());
  const told: string[] = [];
  socket.addEventListener('message', ({ data }) => told.push(String(data)));
  await once(socket, 'open');
  socket.send('{"type":"login","nickname":"web"}');
  await vi.waitFor(() => expect(told.join()).toContain('"success":true'), waiting);
  return { told };
};

test(
  'one message is one trace, from the gateway it came in by through chat-core to those it left by',
  async () => {
    const collector = await startCollector((response) => response.end('{}'));
    await using system = await startSystem({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const web = await webSocketClient(system.ws.port);
    const ann = await textClient(system.tcp.textPort, 'ann');
    await vi.waitFor(() => expect(web.told.join()).toContain('ann'), waiting);
    ann.say('hello');
    await vi.waitFor(() => expect(web.told.join()).toContain('hello'), waiting);

    const { spans } = collector;
    await vi.waitFor(() => {
      const names = spans.map(({ service, name }) => `${service}: ${name}`);
      for (const name of ['tcp-gateway: deliver', 'ws-gateway: deliver', 'chat-core: fan out'])
        expect(names).toContain(name);
      expect(names).toContain('tcp-gateway: publish say');
    }, waiting);
    const find = (service: string, name: string): Span => {
      const it = spans.find((span) => span.service === service && span.name === name);
      if (it === undefined) throw new Error(`there is no ${name} of ${service}`);
      return it;
    };
    const publish = find('tcp-gateway', 'publish say');
    const commit = find('chat-core', 'commit');
    const fanOut = find('chat-core', 'fan out');
    const delivers = [find('tcp-gateway', 'deliver'), find('ws-gateway', 'deliver')];
    expect(publish.parentSpanId).toBeUndefined();
    expect(commit.parentSpanId).toBe(publish.spanId);
    expect(fanOut.parentSpanId).toBe(commit.spanId);
    for (const it of delivers) expect(it.parentSpanId).toBe(fanOut.spanId);

    const all = [publish, commit, fanOut, ...delivers];
    expect(new Set(all.map((it) => it.traceId)).size).toBe(1);
    expect(new Set(all.map((it) => it.spanId)).size).toBe(all.length);
    for (const it of all)
      expect(BigInt(it.endTimeUnixNano) >= BigInt(it.startTimeUnixNano)).toBe(true);
    expect(BigInt(commit.startTimeUnixNano) >= BigInt(publish.startTimeUnixNano)).toBe(true);
    // What is said, and by whom, is nobody's who watches the system.
    expect(JSON.stringify(spans)).not.toMatch(/hello|ann|lobby/);
  },
  testMs,
);

test(
  'a collector that never answers holds up nobody',
  async () => {
    const collector = await startCollector(() => {});
    await using system = await startSystem({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const ann = await textClient(system.tcp.textPort, 'ann');
    const bob = await textClient(system.tcp.textPort, 'bob');
    await vi.waitFor(() => expect(ann.told.join()).toContain('bob'), waiting);
    ann.say('first');
    await vi.waitFor(() => expect(collector.spans.length).toBeGreaterThan(0), waiting);
    ann.say('second');
    await vi.waitFor(() => expect(bob.told.join('\n')).toContain('ann:second'), waiting);
  },
  testMs,
);
