import type { StreamLine } from '@partyline/protocol';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { envelope, openOf, sayOf, startTestCore } from './core.ts';
import { follow } from './lines.ts';
import { startReceiver } from './receiver.ts';

type Core = Awaited<ReturnType<typeof startTestCore>>;

let server: PostgresServer;
let made = 0;
let one: Core;
let other: Core;
let cleanup: AsyncDisposableStack;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  cleanup = new AsyncDisposableStack();
  made += 1;
  const url = await server.create(`cores_${made}`);
  one = cleanup.use(await startTestCore(undefined, url));
  other = cleanup.use(await startTestCore(undefined, url));
});
afterEach(() => cleanup.disposeAsync());

/** An instance at a core, with its stream. */
const attach = async (core: Core, instance: string, its: Record<string, unknown> = {}) => {
  await core.hello(instance, its);
  const stream = await core.subscribe(instance);
  cleanup.defer(async () => void stream.close());
  await stream.until((it) => it.type === 'welcome');
  return stream;
};

const isEvent =
  (text: string) =>
  (it: StreamLine): boolean =>
    it.type === 'event' && it.event.text === text;

test('whichever core is asked tells how all are, and the instances at each', async () => {
  await attach(one, 'i1');
  await attach(other, 'i2');
  const statusOf = async (core: Core) => (await core.order('GET', '/v1/status')).json as never;
  const told = {
    database: { kind: 'postgres', searchWaiting: 0 },
    instances: [
      { instance: 'i1', state: 'connected' },
      { instance: 'i2', state: 'connected' },
    ],
  };
  for (const core of [one, other])
    await vi.waitFor(
      async () => {
        const status: Record<string, readonly { core: string }[]> = await statusOf(core);
        expect(status).toMatchObject(told);
        const [first, second] = status.cores ?? [];
        expect([first?.core, second?.core]).toEqual(status.instances?.map((it) => it.core).sort());
        expect(first?.core).not.toBe(second?.core);
      },
      { timeout: 20_000 },
    );
});

test('a nick has one holder, at whichever core it is asked for', async () => {
  await Promise.all([one.hello('i1'), other.hello('i2')]);
  const rivals = Array.from({ length: 10 }, (_, n) => {
    const [core, by] = n % 2 === 0 ? [one, 'i1'] : [other, 'i2'];
    const open = openOf(`rival${n}`);
    return core.publish(by, [{ ...open, command: { ...open.command, nick: 'Ann' } }]);
  });
  const outcomes = (await Promise.all(rivals)).flat();
  expect(outcomes.filter((it) => it.type === 'opened')).toHaveLength(1);
  const refused = outcomes.flatMap((it) => (it.type === 'refused' ? it.problem.code : []));
  expect(new Set(refused)).toEqual(new Set(['nick-taken']));
});

test('of a thousand who want a hundred nicks at both cores, each nick has one holder', async () => {
  await Promise.all([one.hello('i1'), other.hello('i2')]);
  const opens = Array.from({ length: 1_000 }, (_, n) => {
    const open = openOf(`rival${n}`);
    return { ...open, command: { ...open.command, nick: `nick${n % 100}` } };
  });
  const requests = Array.from({ length: 40 }, (_, n) => {
    const [core, by] = n % 2 === 0 ? [one, 'i1'] : [other, 'i2'];
    return core.publish(by, opens.slice(n * 25, (n + 1) * 25));
  });
  const outcomes = (await Promise.all(requests)).flat();
  expect(Map.groupBy(outcomes, (it) => it.type).get('opened')).toHaveLength(100);
  const refused = outcomes.flatMap((it) => (it.type === 'refused' ? it.problem.code : []));
  expect(refused).toHaveLength(900);
  expect(new Set(refused)).toEqual(new Set(['nick-taken']));
  expect((await other.order('GET', '/v1/overview')).json).toMatchObject({ online: 100 });
});

test('what is said at one core is told at the other, and who comes and types there', async () => {
  await attach(one, 'i1');
  await one.publish('i1', [openOf('ann')]);
  const stream = await attach(other, 'i2');
  await other.publish('i2', [openOf('bob')]);
  await stream.until((it) => it.type === 'signal' && it.signal.type === 'presence');

  await one.publish('i1', [sayOf('ann', 'a', 'hello there')]);
  await stream.until(isEvent('hello there'));
  await one.publish('i1', [envelope('ann', 't', { type: 'typing', room: 'lobby' })]);
  await stream.until((it) => it.type === 'signal' && it.signal.type === 'typing');
  await one.publish('i1', [openOf('eve')]);
  await stream.until(
    (it) =>
      it.type === 'signal' &&
      it.signal.type === 'presence' &&
      it.signal.changes.some(({ change, nick }) => change === 'joined' && nick === 'eve'),
  );
});

test('the same publish at both cores is stored once, and gets the same receipt', async () => {
  await attach(one, 'i1');
  await one.publish('i1', [openOf('ann')]);
  const outcomes = await Promise.all(
    [one, other, one, other].map((core) => core.publish('i1', [sayOf('ann', 'same', 'once')])),
  );
  expect(new Set(outcomes.map((it) => JSON.stringify(it))).size).toBe(1);
  expect((await one.order('GET', '/v1/rooms/lobby/events')).json.head).toBe(1);
});

test('what is written privately reaches whoever is at the other core', async () => {
  await attach(one, 'i1');
  const stream = await attach(other, 'i2');
  await one.publish('i1', [openOf('ann')]);
  await other.publish('i2', [openOf('bob')]);
  await one.publish('i1', [
    envelope('ann', 'p', { type: 'private', to: 'bob', text: 'psst, bob' }),
  ]);
  const lines = await stream.until(isEvent('psst, bob'));
  expect(lines.at(-2)).toMatchObject({ type: 'entered', session: 'bob'.padEnd(16, '-') });
});

test('deeds of moderators reach those at the other core', async () => {
  const stream = await attach(one, 'i1');
  await one.publish('i1', [openOf('ann')]);
  const session = 'ann'.padEnd(16, '-');
  await other.order('POST', '/v1/rooms/lobby/mute', { nick: 'ann', reason: 'loud' });
  await stream.until((it) => it.type === 'concerned');
  expect(await one.publish('i1', [sayOf('ann', 'a')])).toMatchObject([
    { type: 'refused', problem: { code: 'muted' } },
  ]);
  await other.order('POST', `/v1/sessions/${session}/kick`, { reason: 'enough' });
  const [ended] = (await stream.until((it) => it.type === 'ended')).slice(-1);
  expect(ended).toEqual({ type: 'ended', session, cause: 'kicked', reason: 'enough' });
});

test('a service at one core is invoked from the other', async () => {
  const stream = await attach(one, 'dns-1', {
    commands: [{ name: 'dns', usage: 'NAME', about: 'look a name up' }],
  });
  await attach(other, 'i2');
  await other.publish('i2', [openOf('bob')]);
  const invoke = { type: 'invoke', room: 'lobby', name: 'dns', args: 'a.example' } as const;
  expect(await other.publish('i2', [envelope('bob', 'x', invoke)])).toMatchObject([
    { type: 'done' },
  ]);
  const [invocation] = (await stream.until((it) => it.type === 'invocation')).slice(-1);
  expect(invocation).toMatchObject({ name: 'dns', args: 'a.example', nick: 'bob' });
});

test('an instance that moves to the other core is served there, and no more where it was', async () => {
  const before = await attach(one, 'i1');
  await one.publish('i1', [openOf('ann')]);
  const stream = await attach(other, 'i1', { sessions: ['ann'.padEnd(16, '-')] });
  await before.ended();
  await one.hello('i2');
  await one.publish('i2', [openOf('bob'), sayOf('bob', 'a', 'still there?')]);
  await stream.until(isEvent('still there?'));
  expect((await one.order('GET', '/v1/sessions')).json.sessions).toMatchObject([
    { nick: 'ann', state: 'live' },
    { nick: 'bob', state: 'live' },
  ]);
});

test('what was said at one core is found at the other', async () => {
  await attach(one, 'i1');
  await one.publish('i1', [openOf('ann'), sayOf('ann', 'a', 'tea at four')]);
  expect((await other.order('GET', '/v1/search?q=tea*')).json.events).toMatchObject([
    { text: 'tea at four' },
  ]);
});

test('a webhook is called by one core, and by the other when that is gone', async () => {
  const receiver = cleanup.use(await startReceiver(() => ({ status: 200 })));
  await other.order('POST', '/v1/webhooks/out', { url: receiver.url, rooms: ['lobby'] });
  await attach(other, 'i2');
  await other.publish('i2', [openOf('bob'), sayOf('bob', 'a', 'first')]);
  const told = (): string[] => receiver.calls.map((it) => JSON.parse(it.body).data.text);
  await receiver.until(() => told().includes('first'));
  await other.publish('i2', [sayOf('bob', 'b', 'second')]);
  await receiver.until(() => told().includes('second'));
  expect(told()).toEqual(['first', 'second']);
  await one[Symbol.asyncDispose]();
  await other.publish('i2', [sayOf('bob', 'c', 'third')]);
  await receiver.until(() => told().includes('third'));
  // What was under way when the first stopped may have been told again.
  expect([...new Set(told())]).toEqual(['first', 'second', 'third']);
});

test('a token that one core made is good at the other, and void there once it is revoked', async () => {
  const { token } = (await one.order('POST', '/v1/tokens', { name: 'ci', scope: 'read' })).json;
  const headers = { authorization: `Bearer ${token}` };
  expect((await other.order('GET', '/v1/rooms', undefined, headers)).status).toBe(200);
  await other.order('DELETE', '/v1/tokens/ci');
  expect((await one.order('GET', '/v1/rooms', undefined, headers)).status).toBe(401);
});

test('a request with a key is done once, at whichever cores it is sent', async () => {
  const key = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
  const send = (core: Core) => core.order('POST', '/v1/tokens', { name: 'ci', scope: 'read' }, key);
  // A core that is doing it already says so at once; another waits, and tells what was answered.
  const answers = await Promise.all([one, other, one, other].map(send));
  const told = answers.filter((it) => it.status !== 409);
  expect(told.length).toBeGreaterThanOrEqual(2);
  expect(new Set(told.map((it) => JSON.stringify([it.status, it.json.token]))).size).toBe(1);
  expect((await other.order('GET', '/v1/tokens')).json.tokens).toHaveLength(1);
});

test('of those who set a room at two cores from what they saw, one does', async () => {
  await one.order('PATCH', '/v1/rooms/lobby', { keepCount: 1 });
  const etag = (await one.order('GET', '/v1/rooms/lobby')).headers.get('etag') ?? '';
  const answers = await Promise.all(
    [one, other, one, other].map((core, index) =>
      core.order('PATCH', '/v1/rooms/lobby', { keepCount: 10 + index }, { 'if-match': etag }),
    ),
  );
  expect(answers.map((it) => it.status).sort()).toEqual([200, 412, 412, 412]);
});

test('at one core it is followed what is said and who comes at the other', async () => {
  await attach(one, 'i1');
  await one.publish('i1', [openOf('ann')]);
  const room = await follow(other.adminPort, '/v1/rooms/lobby/events?watch=1&after=0');
  const sessions = await follow(other.adminPort, '/v1/sessions?watch=1');
  cleanup.defer(async () => {
    room.close();
    sessions.close();
  });
  await sessions.until((it) => it.type === 'session');
  await one.publish('i1', [sayOf('ann', 'a'), openOf('bob'), sayOf('bob', 'b')]);
  const lines = await room.until((it) => it.event?.seq === 2);
  expect(lines.map((it) => it.type)).toEqual(['begin', 'event', 'event']);
  const came = await sessions.until((it) => it.type === 'session');
  expect(came.at(-1)).toMatchObject({ session: { nick: 'bob' } });
});
