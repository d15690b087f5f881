import { afterEach, beforeEach, expect, test } from 'vitest';
import { envelope, openOf, sayOf, startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  core = await startTestCore();
  await core.hello('i1', { endpoints: ['text+tcp://h:7001'] });
  await core.publish('i1', [
    openOf('ann'),
    sayOf('ann', 'a'),
    sayOf('ann', 'b'),
    sayOf('ann', 'c'),
  ]);
});
afterEach(() => core[Symbol.asyncDispose]());

const get = async (path: string) =>
  (await core.admin(path)).json() as Promise<Record<string, unknown>>;

/** As `curl -d` sends it. */
const post = (path: string, body: unknown) =>
  core.admin(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      authorization: 'Bearer admin-token-of-a-test',
      'content-type': 'application/x-www-form-urlencoded',
    },
  });

test('tells how much there is of everything', async () => {
  expect(await get('/v1/overview')).toMatchObject({
    ...{ online: 1, sessions: 1, rooms: 1, events: 3 },
    retention: { roomsMs: 0, privateMs: 0, auditMs: 0 },
  });
  expect(await get('/v1/rooms')).toEqual({
    rooms: [
      {
        ...{ room: 'lobby', members: 1, seq: 3, visibility: 'public', speak: 'everyone' },
        ...{ keepMs: 0, keepCount: 0 },
      },
    ],
  });
  expect(await get('/v1/instances')).toMatchObject({
    instances: [{ instance: 'i1', sessions: 1 }],
  });
  expect(await get('/v1/sessions')).toMatchObject({
    sessions: [{ nick: 'ann', state: 'live', rooms: ['lobby'] }],
  });
});

test('walks a log in both directions by `next`', async () => {
  const walk = async (direction: 'after' | 'before'): Promise<number[]> => {
    const seqs: number[] = [];
    let query = direction === 'after' ? 'after=0&limit=2' : 'limit=2';
    for (;;) {
      const page = await get(`/v1/rooms/lobby/events?${query}`);
      const part = (page.events as { seq: number }[]).map((it) => it.seq);
      seqs.push(...(direction === 'after' ? part : part.reverse()));
      if (page.next === undefined) return seqs;
      query = `${direction}=${page.next}&limit=2`;
    }
  };
  expect(await walk('after')).toEqual([1, 2, 3]);
  expect(await walk('before')).toEqual([3, 2, 1]);
});

test('tells the part of a log that is around a number, or begins at a time', async () => {
  const seqs = async (query: string): Promise<number[]> => {
    const page = await get(`/v1/rooms/lobby/events?${query}`);
    return (page.events as { seq: number }[]).map((it) => it.seq);
  };
  expect(await seqs('around=2&limit=2')).toEqual([1, 2]);
  expect(await seqs('at=0&limit=2')).toEqual([1, 2]);
  expect(await seqs(`at=${Date.now() + 60_000}`)).toEqual([]);
  expect((await core.admin('/v1/rooms/lobby/events?at=1&around=1')).status).toBe(400);
});

test('lets the operator speak, each id once', async () => {
  const said = await (await post('/v1/rooms/lobby/say', { text: 'Soon back.', id: 'x' })).json();
  expect(said).toMatchObject({ room: 'lobby', seq: 4 });
  expect(await (await post('/v1/rooms/lobby/say', { text: 'Soon back.', id: 'x' })).json()).toEqual(
    said,
  );
  const { events } = await get('/v1/rooms/lobby/events?limit=1');
  expect(events).toMatchObject([{ nick: 'operator', kind: 'notice', text: 'Soon back.' }]);
});

test('lets the operator throw a session out', async () => {
  const stream = await core.subscribe('i1');
  const session = 'ann'.padEnd(16, '-');
  await stream.until((it) => it.type === 'welcome');
  expect((await post(`/v1/sessions/${session}/kick`, { reason: 'enough' })).status).toBe(200);
  const [ended] = await stream.until((it) => it.type === 'ended');
  expect(ended).toEqual({ type: 'ended', session, cause: 'kicked', reason: 'enough' });
  expect(await get('/v1/sessions')).toEqual({ sessions: [] });
});

test('finds what was said, in all rooms or in one, and tells sessions of theirs only', async () => {
  const texts = async (path: string): Promise<string[]> =>
    ((await get(path)).events as { text: string }[]).map((it) => it.text);
  expect(await texts('/v1/search?q=HI')).toEqual(['hi', 'hi', 'hi']);
  expect(await texts('/v1/search?q=HI&room=lobby')).toEqual(['hi', 'hi', 'hi']);
  expect((await core.admin('/v1/search?q=HI&room=nowhere')).status).toBe(404);
  expect((await core.admin('/v1/search?q=%20')).status).toBe(422);
  const onBus = async (path: string) => JSON.parse((await core.bus('GET', path)).text);
  const session = 'ann'.padEnd(16, '-');
  expect(await onBus(`/bus/v1/search?q=HI&session=${session}`)).toMatchObject({
    events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }],
  });
  expect(await onBus('/bus/v1/search?q=HI&session=stranger')).toEqual({ events: [] });
  expect(await onBus('/bus/v1/rooms/lobby/search?q=HI')).toMatchObject({ upTo: 3 });
});

test('sets rooms, and makes those that are not there', async () => {
  const patch = (room: string, body: object) =>
    core.admin(`/v1/rooms/${room}`, {
      method: 'PATCH',
      body: JSON.stringify(body),
      headers: {
        authorization: 'Bearer admin-token-of-a-test',
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  expect(await (await patch('Den', { visibility: 'private', keepCount: 100 })).json()).toEqual({
    ...{ room: 'den', visibility: 'private', speak: 'everyone', keepMs: 0, keepCount: 100 },
    slowMs: 0,
  });
  expect((await patch('den', { visibility: 'secret' })).status).toBe(400);
  expect((await patch('no room', {})).status).toBe(422);
  const { rooms } = await get('/v1/rooms');
  expect(rooms).toMatchObject([{ room: 'den', visibility: 'private' }, { room: 'lobby' }]);
  const listed = JSON.parse((await core.bus('GET', '/bus/v1/rooms')).text);
  expect(listed.rooms.map((it: { room: string }) => it.room)).toEqual(['lobby']);
});

test('lets the operator moderate a room', async () => {
  const done = async (path: string, body: unknown) => {
    const answer = await post(`/v1/rooms/lobby/${path}`, body);
    expect([path, answer.status, await answer.json()]).toEqual([path, 200, { done: true }]);
  };
  await done('role', { nick: 'ann', role: 'moderator' });
  await done('mute', { nick: 'ann', forMs: 60_000, reason: 'hush' });
  const [muted] = await core.publish('i1', [sayOf('ann', 'd')]);
  expect(muted).toMatchObject({ problem: { code: 'muted', params: { reason: 'hush' } } });
  await done('unmute', { nick: 'ann' });
  await done('slow', { ms: 5_000 });
  await done('kick', { nick: 'ann', reason: 'loud' });
  await done('ban', { who: '192.0.2.0/24', reason: 'spam' });
  expect(await get('/v1/rooms/lobby/bans')).toMatchObject({
    bans: [{ who: '192.0.2.0/24', by: 'operator', reason: 'spam' }],
  });
  await done('unban', { who: '192.0.2.0/24' });
  expect((await get('/v1/audit?limit=2')).next).toBe(2);
  const { audit } = await get('/v1/audit?after=2');
  expect((audit as { deed: string }[]).map((it) => it.deed)).toEqual([
    ...['unmute', 'slow', 'remove', 'ban', 'unban'],
  ]);
  expect((await post('/v1/rooms/lobby/kick', { nick: 'nobody' })).status).toBe(404);
  expect((await post('/v1/rooms/nowhere/slow', { ms: 0 })).status).toBe(404);
});

test('lets the operator see accounts, set their passwords, end their sessions and delete them', async () => {
  const account = (path: string, body: object) =>
    core.bus('POST', `/bus/v1/accounts/${path}`, JSON.stringify(body), core.json);
  const session = 'ann'.padEnd(16, '-');
  await account('register', { session, password: 'long enough' });
  expect(await get('/v1/accounts?limit=1')).toMatchObject({
    accounts: [{ nick: 'ann', operator: false, sessions: 1 }],
  });
  expect(await get('/v1/accounts/ANN')).toMatchObject({
    ...{ nick: 'ann', sessions: [{ session, nick: 'ann', rooms: ['lobby'] }] },
  });
  expect((await core.admin('/v1/accounts/nobody')).status).toBe(404);

  const fingerprint = 'ab'.repeat(32);
  const added = await core.bus(
    'PUT',
    `/bus/v1/accounts/certificates/${fingerprint}?session=${session}`,
  );
  expect(JSON.parse(added.text)).toMatchObject({ certificates: [{ fingerprint }] });
  expect(await get('/v1/accounts/ann/certificates')).toMatchObject({
    certificates: [{ fingerprint }],
  });
  const revoked = await core.admin(`/v1/accounts/ann/certificates/${fingerprint}`, {
    method: 'DELETE',
    headers: { authorization: 'Bearer admin-token-of-a-test' },
  });
  expect(await revoked.json()).toEqual({ done: true });
  expect(await get('/v1/accounts/ann/certificates')).toEqual({ certificates: [] });

  const put = (body: object) =>
    core.admin('/v1/accounts/ann/password', {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { authorization: 'Bearer admin-token-of-a-test', ...core.json },
    });
  expect((await put({ password: 'short' })).status).toBe(422);
  expect(await (await put({ password: 'another one' })).json()).toEqual({
    ...{ ended: 1, certificates: 0 },
  });
  const logIn = async (password: string) =>
    account('login', {
      ...{ instance: 'i1', token: `phone-----------.${'s'.repeat(32)}`, nick: 'ann', password },
      wire: 'x',
    });
  expect((await logIn('long enough')).status).toBe(403);
  expect((await logIn('another one')).status).toBe(200);

  expect(await (await post('/v1/accounts/ann/kick', { reason: 'tea' })).json()).toEqual({
    ended: 1,
  });
  const gone = await core.admin('/v1/accounts/ann?reason=asked', {
    method: 'DELETE',
    headers: { authorization: 'Bearer admin-token-of-a-test' },
  });
  expect(await gone.json()).toEqual({ ended: 0 });
  expect(await get('/v1/accounts')).toEqual({ accounts: [] });
  const { audit } = await get('/v1/audit');
  expect(audit).toMatchObject([
    { deed: 'revoke-certificate', target: 'ann', detail: fingerprint },
    { deed: 'reset-password', target: 'ann' },
    { deed: 'end-sessions', reason: 'tea' },
    { deed: 'delete-account', reason: 'asked' },
  ]);
});

test('lets the operator ban from the server, and make operators', async () => {
  expect((await post('/v1/bans', { who: 'bob', reason: 'spam', forMs: 60_000 })).status).toBe(200);
  expect(await get('/v1/bans')).toMatchObject({ bans: [{ who: 'bob', reason: 'spam' }] });
  const [refused] = await core.publish('i1', [openOf('bob')]);
  expect(refused).toMatchObject({ problem: { code: 'banned' } });
  const headers = { authorization: 'Bearer admin-token-of-a-test' };
  const lift = () => core.admin('/v1/bans?who=bob', { method: 'DELETE', headers });
  expect([(await lift()).status, (await lift()).status]).toEqual([200, 404]);

  const account = { session: 'ann'.padEnd(16, '-'), password: 'correct horse' };
  await core.bus('POST', '/bus/v1/accounts/register', JSON.stringify(account), core.json);
  const promote = (nick: string) =>
    core.admin(`/v1/accounts/${nick}/role`, {
      ...{ method: 'PUT', body: JSON.stringify({ role: 'operator' }) },
      headers: { ...headers, 'content-type': 'application/json' },
    });
  expect([(await promote('ann')).status, (await promote('nobody')).status]).toEqual([200, 404]);
  const ban = { type: 'ban', room: '*', who: '198.51.100.0/24' } as const;
  const [banned] = await core.publish('i1', [envelope('ann', 'ban-1', ban)]);
  expect(banned).toMatchObject({ type: 'done' });
});

test('answers what it can’t do with problem+json', async () => {
  const answers = await Promise.all([
    core.admin('/v1/overview', { headers: {} }),
    core.admin('/v1/nothing'),
    core.admin('/v1/rooms/nowhere/events'),
    core.admin('/v1/rooms/lobby/events?limit=x'),
    post('/v1/rooms/lobby/say', {}),
    post('/v1/rooms/lobby/say', { text: ' ' }),
    post('/v1/sessions/nobody/kick', {}),
  ]);
  const codes = await Promise.all(
    answers.map(async (it) => [it.status, ((await it.json()) as { code: string }).code]),
  );
  expect(codes).toEqual([
    [401, 'token-wrong'],
    [404, 'path-unknown'],
    [404, 'room-unknown'],
    [400, 'request-bad'],
    [400, 'request-bad'],
    [422, 'text-empty'],
    [404, 'session-unknown'],
  ]);
  for (const it of answers)
    expect(it.headers.get('content-type')).toContain('application/problem+json');
});

test('serves health, metrics and its reference without the token', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/reference'])
    expect((await core.admin(path, { headers: {} })).status).toBe(200);
});

test('documents every route, its answers and how to be let in', async () => {
  const document = (await get('/openapi.json')) as {
    openapi: string;
    paths: Record<
      string,
      Record<string, { operationId?: string; 'x-scope'?: string; responses?: object }>
    >;
    components: { securitySchemes: object };
    security: object[];
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.security).toEqual([{ token: [] }]);
  expect(document.components.securitySchemes).toMatchObject({ token: { scheme: 'bearer' } });
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const operationIds = operations.map((it) => it.operationId ?? '');
  expect(new Set(operationIds).size).toBe(operations.length);
  for (const it of operationIds) expect(it).toMatch(/^[a-z]+(-[a-z]+)*(\.[a-z]+)?$/);
  expect(operationIds).toEqual(expect.arrayContaining(['overview', 'rooms.list', 'rooms.ban']));
  for (const [path, its] of Object.entries(document.paths))
    for (const [method, { 'x-scope': scope }] of Object.entries(its)) {
      expect([path, ['read', 'moderate', 'admin']]).toEqual([
        path,
        expect.arrayContaining([scope]),
      ]);
      if (scope === 'read') expect([path, method]).toEqual([path, 'get']);
    }
  for (const { responses } of operations) expect(responses).toHaveProperty('200');
});

test('shows all that there is on a page that runs nothing', async () => {
  const answer = await core.admin('/reference', { headers: {} });
  const html = await answer.text();
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<style| style=| on\w+=/);
  const { paths } = (await get('/openapi.json')) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  for (const { operationId } of Object.values(paths).flatMap((it) => Object.values(it)))
    expect(html).toContain(`<article id="${operationId}">`);
  for (const [, sheet = ''] of html.matchAll(/<link rel="stylesheet" href="([^"]+)">/g))
    expect((await core.admin(`/${sheet}`, { headers: {} })).status).toBe(200);
});
