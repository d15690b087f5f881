import { setImmediate } from 'node:timers/promises';
import type { Envelope, StreamLine } from '@partyline/protocol';
import { afterEach, expect, test, vi } from 'vitest';
import { type Bus, type BusOptions, createBus } from '../src/index.ts';
import { BusServer, TOKEN } from './bus-server.ts';

let cleanup = new AsyncDisposableStack();
afterEach(async () => {
  await cleanup.disposeAsync();
  cleanup = new AsyncDisposableStack();
});

const say = (id: string): Envelope => ({
  id,
  session: 's',
  command: { type: 'say', room: 'lobby', text: id },
});

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const serve = async (): Promise<BusServer> => cleanup.use(await BusServer.start());

/** A bus on a server, and all that it told. */
const attach = (server: BusServer, options: Partial<BusOptions> = {}) => {
  const lines: StreamLine[] = [];
  const states: string[] = [];
  const lost: string[] = [];
  const resets: string[] = [];
  const bus: Bus = cleanup.use(
    createBus({
      ...{ url: server.url, token: TOKEN, instance: 'test-00000001', log: quiet },
      hello: () => ({ kind: 'test', endpoints: [], commands: [], sessions: ['s'], rooms: [] }),
      onLine: (it) => lines.push(...it),
      onState: (state) => states.push(state),
      onLost: (sessions) => lost.push(...sessions),
      onReset: (epoch) => resets.push(epoch),
      ...options,
    }),
  );
  const seqs = (room = 'lobby'): number[] =>
    lines.flatMap((it) => (it.type === 'event' && it.event.room === room ? it.event.seq : []));
  return { bus, lines, states, lost, resets, seqs };
};

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 20_000, interval: 5 });

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('says hello with its sessions, subscribes, and delivers events of rooms it follows', async () => {
  const server = await serve();
  const { bus, states, seqs } = attach(server);
  bus.follow('lobby', 0);
  await until(() => states.includes('up'));
  expect(server.hellos).toEqual([
    { kind: 'test', endpoints: [], commands: [], sessions: ['s'], rooms: [] },
  ]);
  server.append('lobby', 'one');
  server.append('lobby', 'two');
  await until(() => seqs().length === 2);
  expect(seqs()).toEqual([1, 2]);
  expect(bus.cursor('lobby')).toBe(2);
});

test('publishes, and gives each envelope its own outcome', async () => {
  const { bus } = attach(await serve());
  const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => bus.publish(say(id))));
  expect(outcomes).toMatchObject([
    { id: 'a', type: 'published', seq: 1 },
    { id: 'b', type: 'published', seq: 2 },
    { id: 'c', type: 'published', seq: 3 },
  ]);
});

test('fills from the log what it missed while the stream was broken', async () => {
  const server = await serve();
  const { bus, states, seqs } = attach(server);
  bus.follow('lobby', 0);
  await until(() => states.includes('up'));
  server.append('lobby', 'seen');
  await until(() => seqs().length === 1);
  server.breakStream();
  for (const seq of upTo(10)) server.append('lobby', `missed ${seq}`, false);
  await until(() => seqs().length === 11);
  server.append('lobby', 'live again');
  await until(() => seqs().length === 12);
  expect(seqs()).toEqual(upTo(12));
  expect(states).toEqual(['up', 'down', 'up']);
});

test('fills a hole in the stream before it delivers what comes after', async () => {
  const server = await serve();
  const { bus, states, seqs } = attach(server);
  bus.follow('lobby', 0);
  await until(() => states.includes('up'));
  server.append('lobby', 'one');
  server.append('lobby', 'two', false);
  server.append('lobby', 'three');
  await until(() => seqs().length === 3);
  expect(seqs()).toEqual([1, 2, 3]);
});

test('moves to another chat-core when its own is gone, and publishes what was not answered there', async () => {
  const [one, other] = [await serve(), await serve()];
  const { bus, states } = attach(one, { url: `${one.url},${other.url}`, random: () => 0 });
  await until(() => states.includes('up'));
  expect(other.hellos).toEqual([]);
  await one.die();
  expect(await bus.publish(say('a'))).toMatchObject({ id: 'a', type: 'published' });
  await until(() => other.isStreaming);
  expect(states).toEqual(['up', 'down', 'up']);
});

test('begins at the chat-core that is there, of several', async () => {
  const [gone, there] = [await serve(), await serve()];
  await gone.die();
  const { states } = attach(gone, { url: `${gone.url},${there.url}`, random: () => 0 });
  await until(() => states.includes('up'));
  expect(there.isStreaming).toBe(true);
});

test('delivers nothing of a line that a break cut in half', async () => {
  const server = await serve();
  const { bus, states, seqs } = attach(server);
  bus.follow('lobby', 0);
  await until(() => states.includes('up'));
  const event = server.append('lobby', 'cut', false);
  server.write(JSON.stringify({ type: 'event', event }).slice(0, 40));
  server.breakStream();
  await until(() => seqs().length === 1);
  expect(seqs()).toEqual([1]);
});

test('comes back when the stream brings something else than lines', async () => {
  const server = await serve();
  const { states } = attach(server);
  await until(() => states.includes('up'));
  server.write('<html>\n');
  await until(() => states.filter((it) => it === 'up').length === 2);
});

test('comes back when the stream is silent for too long', async () => {
  const server = await serve();
  server.heartbeatMs = 20;
  const { states } = attach(server);
  await until(() => states.filter((it) => it === 'up').length >= 2);
});

test('publishes what a dead server did not answer once it is back, with the same ids', async () => {
  const server = await serve();
  const { bus, states } = attach(server);
  await until(() => states.includes('up'));
  server.publishFaults.push('answer then break', 'drop outcome', 'fail', 'break');
  const first = bus.publish(say('a'));
  await until(() => server.batches.length === 4);
  await server.die();
  const second = bus.publish(say('b'));
  await server.listen();
  expect(await first).toMatchObject({ id: 'a', type: 'published', seq: 1 });
  expect(await second).toMatchObject({ id: 'b', type: 'published', seq: 2 });
  expect(new Set(server.batches.map((it) => it[0]))).toEqual(new Set(['a', 'b']));
});

test('says hello again and publishes on when the bus forgot the instance', async () => {
  const server = await serve();
  const { bus, states } = attach(server);
  await until(() => states.includes('up'));
  server.forget();
  expect(await bus.publish(say('a'))).toMatchObject({ id: 'a', type: 'published' });
  expect(server.hellos).toHaveLength(2);
  await until(() => states.filter((it) => it === 'up').length === 2);
});

test('tells a wrong token loudly, and goes on when it is right', async () => {
  const server = await serve();
  server.token = 'another';
  const errors: string[] = [];
  const { bus, states } = attach(server, {
    log: { ...quiet, error: (_fields, message) => errors.push(message) },
    sleep: () => setImmediate(),
  });
  const outcome = bus.publish(say('a'));
  await until(() => errors.length > 2);
  expect(states).toEqual([]);
  expect(server.batches).toEqual([]);
  server.token = TOKEN;
  expect(await outcome).toMatchObject({ type: 'published' });
});

test('refuses only the envelope that the bus rejects a batch for', async () => {
  const server = await serve();
  const { bus, states } = attach(server);
  await until(() => states.includes('up'));
  server.publishFaults.push('reject', 'reject');
  const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => bus.publish(say(id))));
  // The whole batch, then its first half: a and b; then each by itself.
  expect(server.batches.slice(0, 5)).toEqual([['a', 'b', 'c'], ['a', 'b'], ['a'], ['b'], ['c']]);
  expect(outcomes.map((it) => it.type)).toEqual(['published', 'published', 'published']);
  server.publishFaults.push('reject');
  expect(await bus.publish(say('d'))).toMatchObject({
    ...{ id: 'd', type: 'refused', problem: { code: 'request-bad' } },
  });
});

test('tells which sessions are over, and that the log became another one', async () => {
  const server = await serve();
  const { bus, states, lost, resets, seqs } = attach(server);
  bus.follow('lobby', 0);
  await until(() => states.includes('up'));
  for (const seq of upTo(5)) server.append('lobby', `${seq}`);
  await until(() => seqs().length === 5);
  await server.die();
  server.logs.clear();
  server.epoch = 'e2';
  server.ended = ['s'];
  server.append('lobby', 'of the new log', false);
  await server.listen();
  await until(() => resets.length === 1);
  expect(lost).toEqual(['s']);
  expect(resets).toEqual(['e2']);
  expect(bus.cursor('lobby')).toBe(1);
  server.append('lobby', 'after it');
  await until(() => seqs().length === 6);
  expect(seqs().at(-1)).toBe(2);
});

test('follows a room that a session was put in from the line that says so', async () => {
  const server = await serve();
  const { bus, lines, seqs, states } = attach(server, {
    onLine: (it) => {
      lines.push(...it);
      const last = it.at(-1);
      if (last?.type === 'entered') bus.follow(last.room, last.since);
    },
  });
  await until(() => states.includes('up'));
  server.append('~a~b', 'before', false);
  const event = server.append('~a~b', 'first owed', false);
  server.send({ type: 'entered', session: 's', room: '~a~b', since: 1 }, { type: 'event', event });
  await until(() => seqs('~a~b').length === 1);
  expect(seqs('~a~b')).toEqual([2]);
  expect(server.requests.filter((it) => it.includes('/events'))).toEqual([]);
});

test('catches up on what was said before a room was followed', async () => {
  const server = await serve();
  const { bus, states, seqs } = attach(server);
  await until(() => states.includes('up'));
  for (const seq of upTo(7)) server.append('lobby', `${seq}`);
  bus.follow('lobby', 2);
  await until(() => seqs().length === 5);
  expect(seqs()).toEqual(upTo(7, 3));
  bus.unfollow('lobby');
  expect(bus.cursor('lobby')).toBeUndefined();
});

test('passes signals and news of sessions on as they come', async () => {
  const server = await serve();
  const { lines, states } = attach(server);
  await until(() => states.includes('up'));
  const news: StreamLine[] = [
    { type: 'online', online: 3 },
    { type: 'signal', signal: { type: 'typing', room: 'lobby', nick: 'ada', session: 's' } },
    { type: 'removed', session: 's', room: 'lobby', reason: 'kicked' },
    { type: 'ended', session: 's', cause: 'kicked' },
  ];
  server.send(...news, { type: 'heartbeat', at: 1 });
  await until(() => lines.length === 5);
  expect(lines.slice(1)).toEqual(news);
});

test('reads what is asked, and rejects while the bus is away', async () => {
  const server = await serve();
  const { bus, states } = attach(server);
  await until(() => states.includes('up'));
  server.append('a room/', 'one', false);
  expect(await bus.events('a room/', { after: 0, limit: 2 })).toMatchObject({ head: 1 });
  expect(await bus.instances()).toMatchObject([{ instance: 'test-00000001' }]);
  const wrong = { nick: 'ada', password: 'wrong' };
  expect(await bus.identify('s', wrong)).toMatchObject({ code: 'password-wrong' });
  await server.die();
  await expect(bus.events('lobby', { after: 0, limit: 2 })).rejects.toThrow('The bus is away');
  expect(await bus.identify('s', wrong)).toMatchObject({ code: 'unavailable' });
  await server.listen();
});

test('publishes what waits and signs off when it is disposed of', async () => {
  const server = await serve();
  const { bus, states } = attach(server);
  await until(() => states.includes('up'));
  const outcome = bus.publish(say('a'));
  await bus[Symbol.asyncDispose]();
  expect(await outcome).toMatchObject({ type: 'published' });
  expect(server.requests.at(-1)).toBe('DELETE /bus/v1/instances/test-00000001');
  await expect(bus.publish(say('b'))).rejects.toThrow('The bus is closed');
});

test('rejects what waits when it is disposed of and the bus stays away', async () => {
  const server = await serve();
  const { bus, states } = attach(server);
  await until(() => states.includes('up'));
  await server.die();
  const outcome = bus.publish(say('a'));
  const rejected = expect(outcome).rejects.toThrow('The bus is closed');
  await bus[Symbol.asyncDispose]();
  await rejected;
  await server.listen();
});

test('asks over six connections at most, and publishes and listens over others', async () => {
  const server = await serve();
  const { bus, states } = attach(server);
  await until(() => states.includes('up'));
  const { promise, resolve } = Promise.withResolvers<void>();
  server.held = promise;
  const asked = () => server.requests.filter((it) => it.endsWith('/events')).length;
  const answers = Array.from({ length: 20 }, () => bus.events('lobby', { after: 0, limit: 1 }));
  await until(() => asked() === 6);
  expect(await bus.publish(say('a'))).toMatchObject({ type: 'published' });
  expect(asked()).toBe(6);
  expect(await server.connections()).toBe(8);
  resolve();
  await Promise.all(answers);
  expect(asked()).toBe(20);
});

test('tells how the instance is while its stream is there, and anew after a break', async () => {
  const server = await serve();
  let asked = 0;
  const report = () => {
    asked += 1;
    const loop = { loopLagMs: 0, loopBusy: 0 };
    return { vitals: { version: '1', host: 'h', uptimeMs: asked, memoryBytes: 1, ...loop } };
  };
  const waits: (() => void)[] = [];
  const { states } = attach(server, {
    report,
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        waits.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
  });
  const goOn = (): true => {
    for (const wake of waits.splice(0)) wake();
    return true;
  };
  await until(() => server.reports.length === 1);
  expect(states).toEqual(['up']);
  await until(() => goOn() && server.reports.length >= 2);

  server.breakStream();
  await until(() => states.includes('down'));
  const before = asked;
  await until(() => goOn() && states.length === 3);
  await until(() => server.reports.some((it) => it.vitals.uptimeMs > before));
});
