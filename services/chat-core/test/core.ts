import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Command, Outcome, StreamLine } from '@partyline/protocol';
import { createLog, createMetrics, watchVitals } from '@partyline/service';
import { startCore } from '../src/core.ts';

export const BUS_TOKEN = 'bus-token-of-a-test';
export const ADMIN_TOKEN = 'admin-token-of-a-test';

let cores = 0;

export type Answer = { readonly status: number; readonly type: string; readonly text: string };

/** A chat-core in a folder of its own, in this process, with the bus on its socket; on SQLite, or a Postgres. */
export const startTestCore = async (folder?: string, database?: string) => {
  await using starting = new AsyncDisposableStack();
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'partyline-core-')));
  if (folder === undefined) starting.defer(() => rm(data, { recursive: true, force: true }));
  cores += 1;
  const logged: Record<string, unknown>[] = [];
  const log = createLog(
    { service: 'chat-core', instance: 'test', level: 'warn' },
    { write: (line) => logged.push(JSON.parse(line)) },
  );
  const core = await startCore({
    config: {
      ...{ locale: 'en', logLevel: 'warn', instance: undefined, data, busListen: undefined },
      database,
      ...{ busToken: BUS_TOKEN, adminToken: ADMIN_TOKEN, adminHost: '127.0.0.1', adminPort: 0 },
      ...{ adminStreams: 8, adminBurst: 1_000, adminPerSecond: 0 },
      ...{ leaseMs: 15_000, graceMs: 10_000, resumeMs: 60_000, roomCreation: 'everyone' },
      ...{ watched: [], watchRoom: 'ops', watchMs: 30_000 },
      ...{ backupHours: 0, backupKeep: 7, keepDays: 0, keepPrivateDays: 0, keepAuditDays: 0 },
      ...{ webhookListen: 'http://127.0.0.1:0', webhookUrl: undefined },
      ...{ webhookNetworks: ['127.0.0.0/8'], webhookGiveUpMs: 60_000 },
    },
    instance: `core-${cores}`,
    vitals: watchVitals(),
    log,
    metrics: createMetrics({ service: 'chat-core' }),
  });
  starting.use(core);
  const socketPath = join(data, 'bus.sock');

  const ask = (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const asked = request({
        ...{ socketPath, method, path, agent: false },
        headers: { authorization: `Bearer ${BUS_TOKEN}`, ...headers },
      });
      asked.on('response', resolve).on('error', reject).end(body);
    });

  const bus = async (...its: Parameters<typeof ask>): Promise<Answer> => {
    const answer = await ask(...its);
    const type = answer.headers['content-type'] ?? '';
    return { status: answer.statusCode ?? 0, type, text: await text(answer) };
  };

  const json = { 'content-type': 'application/json' };
  const hello = (instance: string, its: Record<string, unknown> = {}): Promise<Answer> => {
    const said = { kind: 'tcp-gateway', endpoints: [], commands: [], sessions: [], rooms: [] };
    return bus('PUT', `/bus/v1/instances/${instance}`, JSON.stringify({ ...said, ...its }), json);
  };

  const publish = async (instance: string, lines: readonly unknown[]): Promise<Outcome[]> => {
    const body = lines.map((it) => (typeof it === 'string' ? it : JSON.stringify(it))).join('\n');
    const answer = await bus('POST', `/bus/v1/publish?instance=${instance}`, body, {
      'content-type': 'application/x-ndjson',
    });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  const owned = starting.move();
  return {
    ...{ data, adminPort: core.adminPort, logged, bus, json, hello, publish },
    /** The lines of a stream, as they come. */
    subscribe: async (instance: string) =>
      readLines(await ask('GET', `/bus/v1/subscribe?instance=${instance}`)),
    /** The same for whoever shows another token. */
    subscribeAs: async (token: string, instance: string) =>
      readLines(
        await ask('GET', `/bus/v1/subscribe?instance=${instance}`, undefined, {
          authorization: `Bearer ${token}`,
        }),
      ),
    /** Asks the admin API to do something. */
    order: async (
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ) => {
      const answer = await fetch(`http://127.0.0.1:${core.adminPort}${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: {
          authorization: `Bearer ${ADMIN_TOKEN}`,
          ...(body !== undefined && json),
          ...headers,
        },
      });
      const text = await answer.text();
      const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '');
      return {
        ...{ status: answer.status, headers: answer.headers },
        json: (isJson && text !== '' ? JSON.parse(text) : {}) as Record<string, never>,
      };
    },
    admin: (path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${core.adminPort}${path}`, {
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
        ...init,
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Reads a stream line by line; `until` gives the lines up to the first that is as wanted. */
const readLines = (stream: IncomingMessage) => {
  const lines: StreamLine[] = [];
  let rest = '';
  let isEnded = false;
  let wake = (): void => {};
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts.map((line) => JSON.parse(line)));
    wake();
  });
  stream.on('close', () => {
    isEnded = true;
    wake();
  });
  stream.on('error', () => {});
  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return {
    status: stream.statusCode,
    close: () => stream.destroy(),
    /** Everything that came and was not asked for yet, once the stream is over. */
    ended: async (): Promise<StreamLine[]> => {
      while (!isEnded) await changed();
      return lines;
    },
    until: async (isWanted: (line: StreamLine) => boolean): Promise<StreamLine[]> => {
      for (;;) {
        const index = lines.findIndex(isWanted);
        if (index !== -1) return lines.splice(0, index + 1);
        if (isEnded) throw new Error('the stream ended');
        await changed();
      }
    },
  };
};

/** An envelope of a session with a name. */
export const envelope = (name: string, id: string, command: Command) => ({
  ...{ id, session: name.padEnd(16, '-'), command },
});

export const openOf = (name: string) =>
  envelope(name, `open-${name}`, {
    ...{ type: 'open', nick: name, token: `${name.padEnd(16, '-')}.${'s'.repeat(32)}`, wire: 'x' },
  });

export const sayOf = (name: string, id: string, said = 'hi') =>
  envelope(name, id, { type: 'say', room: 'lobby', text: said });
