import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOf, startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  core = await startTestCore();
  await core.hello('i1');
  await core.publish('i1', [openOf('ann')]);
  const account = { session: 'ann'.padEnd(16, '-'), password: 'correct horse' };
  await core.bus('POST', '/bus/v1/accounts/register', JSON.stringify(account), core.json);
});
afterEach(() => core[Symbol.asyncDispose]());

const etagOf = async (path: string): Promise<string> => {
  const { status, headers } = await core.order('GET', path);
  expect([path, status]).toEqual([path, 200]);
  return headers.get('etag') ?? '';
};
const when = (etag: string) => ({ 'if-match': etag });

test('what is shown has a strong tag, and is not sent to who has it', async () => {
  const etag = await etagOf('/v1/rooms/lobby');
  expect(etag).toMatch(/^"[\w-]+"$/);
  const same = await core.order('GET', '/v1/rooms/lobby', undefined, {
    'if-none-match': `"other", W/${etag}`,
  });
  expect([same.status, same.headers.get('etag')]).toEqual([304, etag]);
  await core.order('POST', '/v1/rooms/lobby/say', { text: 'hi' });
  expect(await etagOf('/v1/rooms/lobby')).toBe(etag);
  const set = await core.order('PATCH', '/v1/rooms/lobby', { keepCount: 9 }, when(etag));
  expect([set.status, set.headers.get('etag')]).toEqual([200, await etagOf('/v1/rooms/lobby')]);
  expect(set.headers.get('etag')).not.toBe(etag);
});

/** Each thing that can be changed: where it is shown, and a change of it that may be tried. */
const changes = [
  ['/v1/rooms/lobby', 'PATCH', '/v1/rooms/lobby', { speak: 'moderators' }],
  ['/v1/rooms/lobby', 'POST', '/v1/rooms/lobby/slow', { ms: 1_000 }],
  ['/v1/rooms/lobby/roles', 'POST', '/v1/rooms/lobby/role', { nick: 'ann', role: 'owner' }],
  ['/v1/accounts/ann', 'PUT', '/v1/accounts/ann/role', { role: 'operator' }],
  ['/v1/accounts/ann', 'PUT', '/v1/accounts/ann/password', { password: 'battery staple' }],
  ['/v1/accounts/ann', 'DELETE', '/v1/accounts/ann', undefined],
  ['/v1/tokens/ci', 'DELETE', '/v1/tokens/ci', undefined],
  ['/v1/bots/butler', 'POST', '/v1/bots/butler/token', undefined],
  ['/v1/bots/butler', 'DELETE', '/v1/bots/butler', undefined],
  ['/v1/webhooks/in/deploys', 'POST', '/v1/webhooks/in/deploys/url', undefined],
  ['/v1/webhooks/in/deploys', 'DELETE', '/v1/webhooks/in/deploys', undefined],
  [
    '/v1/watches?room=ops&name=a.example',
    'DELETE',
    '/v1/watches?room=ops&name=a.example',
    undefined,
  ],
  ['/v1/bans?who=192.0.2.0/24', 'DELETE', '/v1/bans?who=192.0.2.0/24', undefined],
] as const;

test('a change of something that is otherwise by now is refused, and nothing is done', async () => {
  await core.order('POST', '/v1/tokens', { name: 'ci', scope: 'read' });
  await core.order('POST', '/v1/bots', { name: 'butler', scopes: ['say'], rooms: ['lobby'] });
  await core.order('POST', '/v1/webhooks/in', { name: 'deploys', room: 'lobby' });
  await core.order('PATCH', '/v1/rooms/ops', {});
  await core.order('POST', '/v1/watches', { room: 'ops', name: 'a.example' });
  await core.order('POST', '/v1/bans', { who: '192.0.2.0/24' });
  const { json: before } = await core.order('GET', '/v1/audit');
  for (const [shown, method, path, body] of changes) {
    const etag = await etagOf(shown);
    const refused = await core.order(method, path, body, when('"stale"'));
    expect([path, refused.status, refused.json]).toMatchObject([path, 412, { etag }]);
  }
  expect((await core.order('GET', '/v1/audit')).json).toEqual(before);
  for (const [shown, method, path, body] of changes) {
    const done = await core.order(method, path, body, when(await etagOf(shown)));
    expect([path, done.status]).toEqual([path, 200]);
  }
  expect((await core.order('DELETE', '/v1/accounts/ann', undefined, when('*'))).status).toBe(404);
});

test('of many who change the same from what they saw, one does', async () => {
  for (let round = 1; round <= 5; round += 1) {
    const etag = await etagOf('/v1/rooms/lobby');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        core.order('PATCH', '/v1/rooms/lobby', { keepCount: 10 * round + index }, when(etag)),
      ),
    );
    const won = answers.filter((it) => it.status === 200);
    expect([won.length, answers.filter((it) => it.status === 412).length]).toEqual([1, 7]);
    expect((await core.order('GET', '/v1/rooms/lobby')).json).toEqual(won[0]?.json);
  }
});

test('If-Match where nothing is shown is refused, rather than not looked at', async () => {
  const said = await core.order('POST', '/v1/rooms/lobby/say', { text: 'hi' }, when('"x"'));
  expect([said.status, said.json]).toMatchObject([400, { code: 'request-bad' }]);
});
