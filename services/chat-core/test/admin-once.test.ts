import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOf, startTestCore } from './core.ts';

let folder: string;
let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-once-'));
  core = await startTestCore(folder);
  await core.hello('i1');
  await core.publish('i1', [openOf('ann')]);
});
afterEach(async () => {
  await core[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const keyed = (key: string) => ({ 'idempotency-key': key });

/** One request of each kind: what is said, what is done to somebody, what gives a secret. */
const requests = [
  ['/v1/rooms/lobby/say', { text: 'once' }],
  ['/v1/rooms/lobby/mute', { nick: 'ann' }],
  ['/v1/tokens', { name: 'ci', scope: 'read' }],
  ['/v1/bots', { name: 'butler', scopes: ['say'], rooms: ['lobby'] }],
  ['/v1/webhooks/in', { name: 'deploys', room: 'lobby' }],
  ['/v1/webhooks/out', { url: 'http://127.0.0.1:9/', rooms: ['lobby'] }],
] as const;

test('the same key is done once and answered the same, also after a restart', async () => {
  const first = [];
  for (const [index, [path, body]] of requests.entries())
    first.push(await core.order('POST', path, body, keyed(`"k${index}"`)));
  expect(first.map((it) => it.status)).toEqual(requests.map(() => 200));
  const before = (await core.order('GET', '/v1/audit')).json;
  await core[Symbol.asyncDispose]();
  core = await startTestCore(folder);
  for (const [index, [path, body]] of requests.entries()) {
    // A Structured Field string and the bare text are one key.
    const again = await core.order('POST', path, body, keyed(`k${index}`));
    expect([path, again.status, again.json]).toEqual([path, 200, first[index]?.json]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  }
  expect((await core.order('GET', '/v1/audit')).json).toEqual(before);
  const { events } = (await core.order('GET', '/v1/rooms/lobby/events')).json;
  expect(events).toHaveLength(1);
});

test('a key that came with another request is refused, and each token has keys of its own', async () => {
  const say = (text: string, headers: object) =>
    core.order('POST', '/v1/rooms/lobby/say', { text }, { ...keyed('k'), ...headers });
  expect((await say('one', {})).status).toBe(200);
  expect((await say('two', {})).json).toMatchObject({ code: 'idempotency-key-reused' });
  const { token } = (await core.order('POST', '/v1/tokens', { name: 'ci', scope: 'moderate' }))
    .json;
  expect((await say('two', { authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await say('', keyed('x'.repeat(200)))).json).toMatchObject({
    code: 'idempotency-key-bad',
  });
});

test('what was refused did nothing, so that its key is good for another try', async () => {
  const mute = () => core.order('POST', '/v1/rooms/lobby/mute', { nick: 'bob' }, keyed('k'));
  expect((await mute()).status).toBe(404);
  await core.publish('i1', [openOf('bob')]);
  expect((await mute()).status).toBe(200);
});

test('many requests with one key at once are done once', async () => {
  const say = () => core.order('POST', '/v1/rooms/lobby/say', { text: 'once' }, keyed('k'));
  const answers = await Promise.all(Array.from({ length: 20 }, say));
  for (const { status, json } of answers)
    expect(status === 409 ? json.code : json.seq).toBe(status === 409 ? 'request-under-way' : 1);
  expect((await core.order('GET', '/v1/rooms/lobby/events')).json).toMatchObject({ head: 1 });
});

test('the database alone tells no secret of an answer that is kept', async () => {
  const { token } = (
    await core.order('POST', '/v1/tokens', { name: 'ci', scope: 'read' }, keyed('k'))
  ).json;
  await core[Symbol.asyncDispose]();
  const kept = await readFile(join(folder, 'partyline.db'), 'latin1');
  expect(kept).toContain('make-token');
  expect(kept).not.toContain(token);
  core = await startTestCore(folder);
});
