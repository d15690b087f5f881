import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@partyline/protocol';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { envelope, openOf, sayOf, startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  core = await startTestCore();
});
afterEach(() => core[Symbol.asyncDispose]());

test('refuses a wrong token, and says so in the log without telling it', async () => {
  const wrong = { authorization: 'Bearer let-me-in-please-do' };
  const answer = await core.bus('GET', '/bus/v1/rooms', undefined, wrong);
  expect(answer).toMatchObject({ status: 401, type: expect.stringContaining('problem+json') });
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'token-wrong', status: 401 });
  expect(core.logged).toMatchObject([{ level: 'warn', path: '/bus/v1/rooms' }]);
  expect(JSON.stringify(core.logged)).not.toContain('let-me-in');
  const metrics = await (await core.admin('/metrics')).text();
  expect(metrics).toContain('partyline_wrong_tokens_total{server="bus",service="chat-core"} 1');
});

test('gives the socket to its owner alone', async () => {
  expect((await stat(join(core.data, 'bus.sock'))).mode & 0o777).toBe(0o600);
});

test('answers each line of a publish in its place', async () => {
  await core.hello('i1');
  const outcomes = await core.publish('i1', [
    openOf('ann'),
    'not json',
    sayOf('ann', 'a'),
    { id: 'b', session: 'ann', command: { type: 'dance' } },
    { ...sayOf('ann', 'c'), command: { type: 'say', room: 'lobby' } },
    sayOf('ann', 'a'),
  ]);
  expect(outcomes).toMatchObject([
    { id: 'open-ann', type: 'opened' },
    { id: '', type: 'refused', problem: { code: 'json-bad' } },
    { id: 'a', type: 'published', seq: 1 },
    { id: 'b', type: 'refused', problem: { code: 'type-unknown' } },
    { id: 'c', type: 'refused', problem: { code: 'member-bad' } },
    { id: 'a', type: 'published', seq: 1 },
  ]);
});

test('takes batches up to their limits, and no larger', async () => {
  await core.hello('i1');
  await core.publish('i1', [openOf('ann')]);
  const many = Array.from({ length: limits.batchEnvelopes }, (_, index) =>
    sayOf('ann', `${index}`),
  );
  expect((await core.publish('i1', many)).at(-1)).toMatchObject({ seq: limits.batchEnvelopes });
  await expect(core.publish('i1', [...many, sayOf('ann', 'x')])).rejects.toThrow('at most 1000');
  const long = { ...sayOf('ann', 'x'), trace: 'x'.repeat(limits.busLineBytes) };
  expect(await core.publish('i1', [long])).toMatchObject([{ problem: { code: 'frame-too-long' } }]);
});

test('refuses an instance that has not said hello', async () => {
  expect(await core.publish('i9', [openOf('ann')])).toMatchObject([
    { problem: { code: 'instance-unknown' } },
  ]);
  const answer = await core.bus('GET', '/bus/v1/subscribe?instance=i9');
  expect(answer).toMatchObject({ status: 409 });
  expect((await core.bus('GET', '/bus/v1/subscribe')).status).toBe(400);
});

test('tells an instance of the rooms that its sessions are in, and of those it follows', async () => {
  await core.hello('i1');
  await core.hello('i2', { rooms: ['lobby'] });
  await core.hello('i3');
  const [first, second, third] = await Promise.all(['i1', 'i2', 'i3'].map(core.subscribe));
  for (const stream of [first, second, third])
    expect(await stream?.until((it) => it.type === 'welcome')).toHaveLength(1);
  await core.publish('i1', [openOf('ann'), sayOf('ann', 'a')]);
  for (const stream of [first, second]) {
    const lines = (await stream?.until((it) => it.type === 'event')) ?? [];
    expect(lines.at(-1)).toMatchObject({ event: { room: 'lobby', seq: 1, id: 'a', text: 'hi' } });
  }
  const others = await third?.until((it) => it.type === 'online');
  expect(others).toEqual([{ type: 'online', online: 1 }]);
});

test('welcomes an instance back with where the logs stand', async () => {
  await core.hello('i1');
  const before = await core.subscribe('i1');
  await before.until((it) => it.type === 'welcome');
  await core.publish('i1', [openOf('ann'), sayOf('ann', 'a'), sayOf('ann', 'b')]);
  before.close();
  const answer = await core.hello('i1', { sessions: ['ann'.padEnd(16, '-'), 'ghost'] });
  expect(JSON.parse(answer.text)).toMatchObject({ ended: ['ghost'], leaseMs: 15_000 });
  const [welcome] = await (await core.subscribe('i1')).until((it) => it.type === 'welcome');
  expect(welcome).toMatchObject({ online: 1, heads: { lobby: 2 } });
});

test('puts a second stream of an instance in the place of the first', async () => {
  await core.hello('i1');
  const first = await core.subscribe('i1');
  await first.until((it) => it.type === 'welcome');
  const second = await core.subscribe('i1');
  await second.until((it) => it.type === 'welcome');
  await first.ended();
  await core.publish('i1', [openOf('ann')]);
  await second.until((it) => it.type === 'signal');
});

test('hands out logs by page, rooms, people and instances', async () => {
  await core.hello('i1', { endpoints: ['text+tcp://h:7001'] });
  const says = Array.from({ length: 5 }, (_, index) => sayOf('ann', `${index}`));
  await core.publish('i1', [openOf('ann'), ...says]);
  const read = async (path: string) => JSON.parse((await core.bus('GET', `/bus/v1/${path}`)).text);
  const seqs = async (query: string): Promise<number[]> =>
    (await read(`rooms/lobby/events?${query}`)).events.map((it: { seq: number }) => it.seq);
  expect(await seqs('after=1&limit=2')).toEqual([2, 3]);
  expect(await seqs('before=3&limit=5')).toEqual([1, 2]);
  expect(await seqs('limit=2')).toEqual([4, 5]);
  expect(await read('rooms')).toEqual({ rooms: [{ room: 'lobby', members: 1, seq: 5 }] });
  expect(await read('rooms/lobby/members')).toEqual({ count: 1, members: [{ nick: 'ann' }] });
  expect(await read('instances')).toMatchObject({ instances: [{ instance: 'i1', sessions: 1 }] });
  expect((await core.bus('GET', '/bus/v1/rooms/lobby/events?after=1&before=2')).status).toBe(400);
  expect((await core.bus('GET', '/bus/v1/nothing')).status).toBe(404);
});

test('tells those who are in a room with somebody when they last said something', async () => {
  await core.hello('i1');
  await core.publish('i1', [
    ...[openOf('ann'), openOf('bob'), openOf('eve')],
    envelope('eve', 'p', { type: 'part', room: 'lobby' }),
  ]);
  const spokeAt = async (asker: string) => {
    const session = asker.padEnd(16, '-');
    const { text } = await core.bus('GET', `/bus/v1/people?nick=ann&session=${session}`);
    return JSON.parse(text).people[0];
  };
  const { since, spokeAt: never } = await spokeAt('bob');
  expect(never).toBe(since);
  const [said] = await core.publish('i1', [sayOf('ann', 'a')]);
  expect(said).toMatchObject({ type: 'published', at: (await spokeAt('bob')).spokeAt });
  expect(await spokeAt('ann')).toMatchObject({ spokeAt: expect.any(Number) });
  expect(await spokeAt('eve')).not.toHaveProperty('spokeAt');
});

test('tells of one room, of a private one only to those inside', async () => {
  await core.hello('tcp-1');
  await core.publish('tcp-1', [
    openOf('ann'),
    envelope('ann', 'j', { type: 'join', room: 'ops' }),
    envelope('ann', 'p', { type: 'join', room: 'den' }),
    envelope('ann', 'c', { type: 'configure', room: 'den', visibility: 'private' }),
  ]);
  const ops = await core.bus('GET', '/bus/v1/rooms/%23OPS');
  expect(JSON.parse(ops.text)).toEqual({ room: 'ops', members: 1, seq: 0 });
  for (const name of ['den', 'nowhere', '~a~b']) {
    const answer = await core.bus('GET', `/bus/v1/rooms/${name}`);
    expect(answer).toMatchObject({ status: 404 });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'room-unknown', room: name });
  }
  const inside = await core.bus('GET', `/bus/v1/rooms/den?session=${'ann'.padEnd(16, '-')}`);
  expect(JSON.parse(inside.text)).toMatchObject({ room: 'den', visibility: 'private' });
});

test('who comes, says something and goes in one request is not seen to come or go', async () => {
  await core.hello('tcp-1');
  await core.publish('tcp-1', [openOf('bob')]);
  const stream = await core.subscribe('tcp-1');
  await stream.until((line) => line.type === 'welcome');
  await core.hello('http-1');

  const passing = (open: string) => [
    { ...openOf('ann'), id: open },
    sayOf('ann', 'x', 'deployed'),
    envelope('ann', `${open}-close`, { type: 'close' }),
  ];
  // The same again, before and after anybody forgets that there was somebody.
  const outcomes = [
    ...(await core.publish('http-1', passing('a'))),
    ...(await core.publish('http-1', passing('b'))),
  ];
  expect(outcomes.map((it) => it.type)).toEqual([
    ...['opened', 'published', 'done'],
    ...['opened', 'published', 'done'],
  ]);
  expect(outcomes[4]).toEqual(outcomes[1]);

  await core.publish('tcp-1', [sayOf('bob', 'end', 'end')]);
  const seen = await stream.until((line) => line.type === 'event' && line.event.text === 'end');
  const told = seen.filter((line) => line.type !== 'online' && line.type !== 'heartbeat');
  expect(told).toMatchObject([
    { type: 'event', event: { text: 'deployed', seq: 1 } },
    { type: 'event', event: { text: 'end', seq: 2 } },
  ]);
  stream.close();
});

test('keeps a nick for whoever has its password', async () => {
  await core.hello('i1');
  await core.publish('i1', [openOf('ann'), openOf('eve')]);
  const account = async (path: string, body: object) =>
    JSON.parse(
      (await core.bus('POST', `/bus/v1/accounts/${path}`, JSON.stringify(body), core.json)).text,
    );
  const [ann, eve] = ['ann', 'eve'].map((name) => name.padEnd(16, '-'));
  expect(await account('register', { session: ann, password: 'short' })).toMatchObject({
    code: 'password-short',
    least: 8,
  });
  const registered = await account('register', { session: ann, password: 'long enough' });
  expect(registered).toMatchObject({ nick: 'ann' });
  const asAnn = { session: eve, nick: 'ANN' };
  expect(await account('identify', { ...asAnn, password: 'wrong one' })).toMatchObject({
    code: 'password-wrong',
  });
  expect(await account('identify', { ...asAnn, nick: 'nobody', password: 'x' })).toMatchObject({
    code: 'password-wrong',
  });
  expect(await account('identify', { ...asAnn, password: 'long enough' })).toEqual(registered);
});

test('lets an account in with its password, and brings it what waits', async () => {
  await core.hello('i1');
  await core.publish('i1', [openOf('ann'), openOf('bob')]);
  const account = async (path: string, body: object) =>
    JSON.parse(
      (await core.bus('POST', `/bus/v1/accounts/${path}`, JSON.stringify(body), core.json)).text,
    );
  await account('register', { session: 'bob'.padEnd(16, '-'), password: 'long enough' });
  await core.publish('i1', [
    envelope('bob', 'bye', { type: 'close' }),
    envelope('ann', 'p', { type: 'private', to: 'bob', text: 'are you there?' }),
  ]);
  const token = `${'phone'.padEnd(16, '-')}.${'s'.repeat(32)}`;
  const phone = { instance: 'i1', token, nick: 'Bob', wire: 'json+tcp', address: '192.0.2.1' };
  const none = await account('login', { ...phone, token: 'none', password: 'long enough' });
  expect(none).toMatchObject({ code: 'request-bad' });
  const wrong = await account('login', { ...phone, password: 'not that one' });
  expect(wrong).toMatchObject({ code: 'password-wrong' });
  expect(await account('login', { ...phone, password: 'long enough' })).toMatchObject({
    ...{ type: 'opened', nick: 'bob', session: 'phone'.padEnd(16, '-') },
    rooms: [{ room: 'lobby' }, { seq: 1, since: 0 }],
  });
  expect(await (await core.admin('/v1/sessions')).json()).toMatchObject({
    sessions: expect.arrayContaining([expect.objectContaining({ address: '192.0.2.1' })]),
  });
});

/** Two dozen passwords, one after the other, each made slow to try on purpose. */
const PASSWORDS_MS = 120_000;

test(
  'locks who guesses passwords out, from there, and remembers it when it is started again',
  async () => {
    // The first wait is of one second, and a busy machine may take longer to try a password.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const folder = await mkdtemp(join(tmpdir(), 'partyline-core-'));
    const guess = (of: typeof core, address: string, password: string) =>
      of
        .bus(
          'POST',
          '/bus/v1/accounts/login',
          JSON.stringify({
            ...{ instance: 'i1', token: `${address.replaceAll('.', '-')}.${'s'.repeat(32)}` },
            ...{ nick: 'ann', password, wire: 'x', address },
          }),
          of.json,
        )
        .then((answer) => ({ status: answer.status, ...JSON.parse(answer.text) }));
    {
      await using first = await startTestCore(folder);
      await first.hello('i1');
      await first.publish('i1', [openOf('ann')]);
      const register = { session: 'ann'.padEnd(16, '-'), password: 'long enough' };
      await first.bus('POST', '/bus/v1/accounts/register', JSON.stringify(register), first.json);
      const tries = Array.from({ length: limits.passwordTriesOfName + 1 }, () =>
        guess(first, '192.0.2.1', 'guessed it'),
      );
      // They come by connections of their own, in any order.
      expect((await Promise.all(tries)).map((it) => it.code).sort()).toEqual([
        'password-locked',
        ...tries.slice(1).map(() => 'password-wrong'),
      ]);
      const owner = await guess(first, '192.0.2.2', 'long enough');
      expect(owner).toMatchObject({ type: 'opened', nick: 'ann' });
      for (let more = 0; more < limits.passwordTriesOfAddress; more += 1)
        await first.bus(
          'POST',
          '/bus/v1/accounts/login',
          JSON.stringify({
            ...{ instance: 'i1', token: `t.${'s'.repeat(32)}`, nick: `nobody-${more}` },
            ...{ password: 'whatever', wire: 'x', address: '192.0.2.1' },
          }),
          first.json,
        );
    }
    await using second = await startTestCore(folder);
    const locked = await guess(second, '192.0.2.1', 'long enough');
    expect(locked).toMatchObject({ status: 429, code: 'password-locked' });
    expect(locked.seconds).toBeGreaterThan(0);
    await rm(folder, { recursive: true });
  },
  PASSWORDS_MS,
);

test('an instance that signs off is gone, and its sessions can go on elsewhere', async () => {
  await core.hello('i1');
  await core.hello('i2');
  await core.publish('i1', [openOf('ann')]);
  const stream = await core.subscribe('i1');
  await stream.until((it) => it.type === 'welcome');
  expect((await core.bus('DELETE', '/bus/v1/instances/i1')).status).toBe(204);
  await stream.ended();
  const token = `${'ann'.padEnd(16, '-')}.${'s'.repeat(32)}`;
  const resume = envelope('ann', 'r', { type: 'resume', token, wire: 'x' });
  expect(await core.publish('i2', [resume])).toMatchObject([{ type: 'opened', nick: 'ann' }]);
});

test('started again, it is the same log with the same sessions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-core-'));
  {
    await using first = await startTestCore(folder);
    await first.hello('i1');
    await first.publish('i1', [openOf('ann'), sayOf('ann', 'a')]);
  }
  {
    await using second = await startTestCore(folder);
    // Published again, since its answer may have been lost: before the instance is back.
    expect(await second.publish('i1', [sayOf('ann', 'a'), sayOf('ann', 'b')])).toMatchObject([
      { seq: 1 },
      { seq: 2 },
    ]);
    const answer = await second.hello('i1', { sessions: ['ann'.padEnd(16, '-')] });
    expect(JSON.parse(answer.text)).toMatchObject({ ended: [] });
  }
  await rm(folder, { recursive: true });
});
