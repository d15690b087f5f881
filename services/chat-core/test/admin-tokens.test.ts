import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOf, startTestCore } from './core.ts';

type Document = {
  readonly paths: Record<
    string,
    Record<string, { operationId: string; 'x-scope': 'read' | 'moderate' | 'admin' }>
  >;
};

let folder: string;
let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-tokens-'));
  core = await startTestCore(folder);
});
afterEach(async () => {
  await core[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const make = async (name: string, scope: string, more: object = {}): Promise<string> => {
  const made = await core.order('POST', '/v1/tokens', { name, scope, ...more });
  expect([made.status, made.json]).toMatchObject([200, { name, scope }]);
  return String(made.json.token);
};
const as = (token: string) => ({ authorization: `Bearer ${token}` });

test('a token does what its scope covers at every route, and nothing else', async () => {
  const { paths } = (await core.order('GET', '/openapi.json')).json as unknown as Document;
  const operations = Object.entries(paths).flatMap(([path, its]) =>
    Object.entries(its).map(([method, it]) => ({ path, method: method.toUpperCase(), ...it })),
  );
  expect(operations.length).toBeGreaterThan(40);
  const scopes = ['read', 'moderate', 'admin'] as const;
  for (const has of scopes) {
    const token = await make(has, has);
    for (const { path, method, operationId, 'x-scope': needs } of operations) {
      // Something that isn't there, so that nothing is done.
      const url = path.replaceAll(/\{\w+\}/g, 'nothing-like-that');
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { nonsense: true } : undefined;
      const answer = await core.order(method, url, body, as(token));
      const isRefused = answer.status === 403;
      expect([has, operationId, isRefused]).toEqual([
        ...[has, operationId],
        scopes.indexOf(has) < scopes.indexOf(needs),
      ]);
      if (isRefused)
        expect(answer.json).toMatchObject({ code: 'token-scope-needed', needed: needs, name: has });
    }
  }
});

test('nothing that a token for reading is let into changes anything', async () => {
  const { paths } = (await core.order('GET', '/openapi.json')).json as unknown as Document;
  for (const [path, its] of Object.entries(paths))
    for (const [method, { 'x-scope': scope }] of Object.entries(its)) {
      expect([path, method, ['read', 'moderate', 'admin'].includes(scope)]).toEqual([
        ...[path, method, true],
      ]);
      if (scope === 'read') expect([path, method]).toEqual([path, 'get']);
    }
});

test('tokens outlive a restart, are told once, and are void at once when revoked', async () => {
  const token = await make('ci', 'moderate');
  await core[Symbol.asyncDispose]();
  core = await startTestCore(folder);
  expect((await core.order('GET', '/v1/rooms', undefined, as(token))).status).toBe(200);
  const listed = await core.order('GET', '/v1/tokens');
  expect(listed.json).toMatchObject({ tokens: [{ name: 'ci', scope: 'moderate' }] });
  expect(JSON.stringify(listed.json)).not.toContain(token);
  expect((await core.order('POST', '/v1/tokens', { name: 'ci', scope: 'read' })).status).toBe(409);
  expect((await core.order('DELETE', '/v1/tokens/ci')).json).toEqual({ done: true });
  const refused = await core.order('GET', '/v1/rooms', undefined, as(token));
  expect([refused.status, refused.json]).toMatchObject([401, { code: 'token-wrong' }]);
  expect((await core.order('DELETE', '/v1/tokens/ci')).status).toBe(404);
});

test('a token ends by itself, and its name is free again', async () => {
  const expiresAt = Date.now() + 1_500;
  const token = await make('short', 'read', { expiresAt });
  expect((await core.order('GET', '/v1/rooms', undefined, as(token))).status).toBe(200);
  await expect
    .poll(async () => (await core.order('GET', '/v1/rooms', undefined, as(token))).status, {
      timeout: 20_000,
    })
    .toBe(401);
  await make('short', 'read');
});

test('names and times that are no good are refused', async () => {
  for (const name of ['', 'two words', 'bootstrap', 'x'.repeat(65)])
    expect([
      name,
      (await core.order('POST', '/v1/tokens', { name, scope: 'read' })).status,
    ]).toEqual([name, 422]);
  const past = { name: 'late', scope: 'read', expiresAt: 1 };
  expect((await core.order('POST', '/v1/tokens', past)).json).toMatchObject({ code: 'time-past' });
  const all = { name: 'all', scope: 'everything' };
  expect((await core.order('POST', '/v1/tokens', all)).status).toBe(400);
});

test('the audit log says which token did it', async () => {
  await core.hello('i1');
  await core.publish('i1', [openOf('ann')]);
  const token = await make('ci', 'moderate');
  const muted = await core.order('POST', '/v1/rooms/lobby/mute', { nick: 'ann' }, as(token));
  expect(muted.status).toBe(200);
  await core.order('POST', '/v1/rooms/lobby/unmute', { nick: 'ann' });
  const { audit } = (await core.order('GET', '/v1/audit')).json as unknown as { audit: object[] };
  expect(audit).toMatchObject([
    { deed: 'make-token', target: 'ci', detail: 'moderate', token: 'bootstrap' },
    { deed: 'mute', target: 'ann', by: 'operator', token: 'ci' },
    { deed: 'unmute', token: 'bootstrap' },
  ]);
});
