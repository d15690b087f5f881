import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOf, startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
let url: string;
beforeEach(async () => {
  core = await startTestCore();
  await core.hello('i1');
  await core.publish('i1', [openOf('ann')]);
  const made = await core.order('POST', '/v1/webhooks/in', { name: 'deploys', room: '#Ops' });
  expect(made).toMatchObject({ status: 200, json: { webhook: { name: 'deploys', room: 'ops' } } });
  url = made.json.url as unknown as string;
});
afterEach(() => core[Symbol.asyncDispose]());

const post = async (body: string, headers: Record<string, string> = {}, to = url) => {
  const answer = await fetch(to, { method: 'POST', body, headers });
  return { status: answer.status, headers: answer.headers, json: await answer.json() };
};
const json = { 'content-type': 'application/json' };

const events = async () => (await core.order('GET', '/v1/rooms/ops/events?after=0')).json.events;

test('says what is posted, in its room and under its name', async () => {
  expect(await post('deploy done', { 'content-type': 'text/plain' })).toMatchObject({
    ...{ status: 200, json: { room: 'ops', seq: 1, at: expect.any(Number) } },
  });
  await post('deploy done', { 'content-type': 'application/x-www-form-urlencoded' });
  await post('{"text":"<b>two</b>\\nlines","nick":"ci"}', json);
  expect(await events()).toMatchObject([
    { nick: 'deploys', text: 'deploy done', kind: 'notice', bot: true },
    { nick: 'deploys', text: 'deploy done' },
    { nick: 'ci', text: '<b>two</b>\nlines', bot: true },
  ]);
});

test('says what has the same id once, however the id is given', async () => {
  const first = await post('{"text":"done","id":"build-7"}', json);
  expect(await post('{"text":"done","id":"build-7"}', json)).toMatchObject({ json: first.json });
  const plain = { 'content-type': 'text/plain', 'idempotency-key': '"build-7"' };
  expect(await post('done', plain)).toMatchObject({ json: first.json });
  expect(await events()).toHaveLength(1);
});

test('refuses what it can not say with a problem that tells why', async () => {
  const long = 'x'.repeat(9_000);
  const text = { 'content-type': 'text/plain' };
  for (const [answer, status, code] of [
    [await post('  ', text), 422, 'text-empty'],
    [await post(long, text), 413, 'text-too-long'],
    [await post('x'.repeat(200_000), text), 413, 'request-bad'],
    [await post('{"text":', json), 400, 'json-bad'],
    [await post('x', { ...text, 'idempotency-key': 'k'.repeat(65) }), 422, 'id-bad'],
    [await post('x', text, `${url}x`), 404, 'webhook-unknown'],
    [await post('{"text":"x","nick":"ann"}', json), 409, 'nick-taken'],
  ] as const) {
    expect(answer).toMatchObject({ status, json: { code } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
  expect(await core.order('GET', '/v1/rooms')).toMatchObject({ json: { rooms: [{ seq: 0 }] } });
});

test('waits when it says too much at once', async () => {
  let answer = await post('x');
  while (answer.status === 200) answer = await post('x');
  expect(answer).toMatchObject({ status: 429, json: { code: 'flood' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('has nothing else at its listener', async () => {
  const { origin } = new URL(url);
  for (const path of ['/', '/v1/overview', '/metrics', '/hooks/', '/bus/v1/rooms'])
    expect((await fetch(origin + path)).status).toBe(404);
});

test('ends at once, or gets another address', async () => {
  const renewed = await core.order('POST', '/v1/webhooks/in/deploys/url');
  const second = renewed.json.url as unknown as string;
  expect((await post('x')).status).toBe(404);
  expect((await post('x', {}, second)).status).toBe(200);
  await core.order('DELETE', '/v1/webhooks/in/deploys');
  expect((await post('x', {}, second)).status).toBe(404);
  expect((await core.order('GET', '/v1/webhooks/in')).json).toEqual({ webhooks: [] });
});

test('its secret is no token of the bus, and is not logged', async () => {
  const token = url.split('/').at(-1) ?? '';
  const asked = await core.bus('GET', '/bus/v1/rooms', undefined, {
    authorization: `Bearer ${token}`,
  });
  expect(asked.status).toBe(401);
  await post('x', {}, url.replace(token, `${token}x`));
  expect(JSON.stringify(core.logged)).not.toContain(token.split('.')[1]);
});
