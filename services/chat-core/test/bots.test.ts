import type { Outcome } from '@partyline/protocol';
import { limits } from '@partyline/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOf, sayOf, startTestCore } from './core.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
beforeEach(async () => {
  core = await startTestCore();
  await core.hello('i1');
  await core.publish('i1', [openOf('ann'), sayOf('ann', 'a', 'before')]);
});
afterEach(() => core[Symbol.asyncDispose]());

const make = async (its: Record<string, unknown> = {}): Promise<string> => {
  const asked = { name: 'butler', scopes: ['say', 'read', 'commands'], rooms: ['*'], ...its };
  const { status, json } = await core.order('POST', '/v1/bots', asked);
  expect(status).toBe(200);
  return json.token as unknown as string;
};

const as = (token: string) => ({ authorization: `Bearer ${token}` });

const announce = async (token: string, texts: readonly string[], room = 'lobby') => {
  const lines = texts.map((text, index) => ({
    ...{ id: `${text}-${index}`, session: 'x' },
    command: { type: 'announce', room, nick: 'butler', text },
  }));
  const body = lines.map((it) => JSON.stringify(it)).join('\n');
  const answer = await core.bus('POST', '/bus/v1/publish?instance=one', body, as(token));
  return answer.status === 200
    ? (answer.text
        .trim()
        .split('\n')
        .map((it) => JSON.parse(it)) as Outcome[])
    : answer.status;
};

const hello = (token: string, its: Record<string, unknown> = {}) => {
  const said = { kind: 'butler', endpoints: [], commands: [], sessions: [], rooms: [], ...its };
  const headers = { ...as(token), ...core.json };
  return core.bus('PUT', '/bus/v1/instances/one', JSON.stringify(said), headers);
};

describe("a bot's token", () => {
  test('is told once, kept as a hash, and listed with what it allows and when it was used', async () => {
    const token = await make({ rooms: ['#Lobby', '*'], forMs: 60_000 });
    expect(await announce(token, ['hi'])).toMatchObject([{ type: 'published', seq: 2 }]);
    await expect
      .poll(async () => (await core.order('GET', '/v1/bots')).json.bots)
      .toMatchObject([
        {
          ...{ name: 'butler', scopes: ['say', 'read', 'commands'], rooms: ['lobby', '*'] },
          ...{ usedAt: expect.any(Number), until: expect.any(Number) },
        },
      ]);
    const told = JSON.stringify((await core.order('GET', '/v1/bots')).json);
    expect(told).not.toContain(token.split('.')[1]);
  });

  test('is void at once when another takes its place, or the bot is dismissed', async () => {
    const first = await make();
    await hello(first, { rooms: ['lobby'] });
    const stream = await core.subscribeAs(first, 'one');
    await stream.until((it) => it.type === 'welcome');
    const renewed = await core.order('POST', '/v1/bots/Butler/token');
    const second = renewed.json.token as unknown as string;
    await stream.ended();
    expect(await announce(first, ['x'])).toBe(401);
    expect(await announce(second, ['x'])).toMatchObject([{ type: 'published' }]);
    expect(await core.order('DELETE', '/v1/bots/butler')).toMatchObject({ json: { done: true } });
    expect(await announce(second, ['y'])).toBe(401);
    expect((await core.order('DELETE', '/v1/bots/butler')).status).toBe(404);
    const { json } = await core.order('GET', '/v1/audit');
    const deeds = (json.audit as unknown as { deed: string }[]).map((it) => it.deed);
    expect(deeds).toEqual(['make-bot', 'renew-bot', 'dismiss-bot']);
  });

  test('is refused when a letter of it is wrong, and when there is no such bot', async () => {
    const token = await make();
    for (const wrong of [`${token.slice(0, -1)}!`, `b-0123456789abcdef.${'x'.repeat(43)}`, '.'])
      expect(await announce(wrong, ['x'])).toBe(401);
  });

  test('opens no admin API', async () => {
    const token = await make();
    expect((await core.admin('/v1/overview', { headers: as(token) })).status).toBe(401);
  });

  test('lets nobody in on a route that is not for bots', async () => {
    const token = await make();
    for (const path of ['/bus/v1/instances', '/bus/v1/search?session=x&q=hi'])
      expect((await core.bus('GET', path, undefined, as(token))).status).toBe(403);
    for (const path of ['register', 'identify', 'login'])
      expect((await core.bus('POST', `/bus/v1/accounts/${path}`, '{}', as(token))).status).toBe(
        403,
      );
  });
});

test('a bot reads its rooms live and from the log, and is marked in what it says', async () => {
  const token = await make({ rooms: ['lobby'] });
  expect(await hello(token, { rooms: ['lobby'] })).toMatchObject({ status: 200 });
  const stream = await core.subscribeAs(token, 'one');
  const [welcome] = await stream.until((it) => it.type === 'welcome');
  expect(welcome).toMatchObject({ heads: { lobby: 1 } });
  await announce(token, ['At your service.']);
  const lines = await stream.until((it) => it.type === 'event');
  expect(lines.at(-1)).toMatchObject({ event: { seq: 2, nick: 'butler', bot: true } });
  const page = await core.bus('GET', '/bus/v1/rooms/lobby/events?after=0', undefined, as(token));
  expect(JSON.parse(page.text).events).toMatchObject([{ text: 'before' }, { bot: true }]);
  expect(JSON.parse(page.text).events[0]).not.toHaveProperty('bot');
  stream.close();
});

test('a room lists the slash commands that are served there', async () => {
  const token = await make();
  await core.hello('i2', { kind: 'dice', commands: [{ name: 'roll', usage: '[DICE]' }] });
  expect((await hello(token, { commands: ['tea'] })).status).toBe(200);
  expect((await hello(token, { commands: ['roll'] })).status).toBe(409);
  expect((await hello(token, { commands: ['A b'] })).status).toBe(400);
  const listed = await core.bus('GET', '/bus/v1/rooms/lobby/commands');
  expect(JSON.parse(listed.text)).toEqual({
    commands: [{ name: 'roll', usage: '[DICE]' }, { name: 'tea' }],
  });
  const { json } = await core.order('GET', '/v1/instances');
  expect(json.instances).toMatchObject([
    { commands: ['tea'] },
    { commands: [] },
    { commands: ['roll'] },
  ]);
});

test('a bot that says more than its share is told to wait', async () => {
  const token = await make();
  const many = Array.from({ length: limits.botBurst }, (_, index) => `t${index}`);
  expect(await announce(token, many)).toHaveLength(limits.botBurst);
  expect(await announce(token, many)).toBe(429);
  expect(await announce(token, [...many, 'one more'])).toBe(400);
});

test('a bot has a bounded number of instances', async () => {
  const token = await make();
  const said = JSON.stringify({
    ...{ kind: 'butler', endpoints: [], commands: [], sessions: [], rooms: [] },
  });
  const headers = { ...as(token), ...core.json };
  const statuses = [];
  for (let n = 0; n <= limits.instancesPerBot; n += 1)
    statuses.push((await core.bus('PUT', `/bus/v1/instances/n${n}`, said, headers)).status);
  expect(statuses.filter((it) => it === 200)).toHaveLength(limits.instancesPerBot);
  expect(statuses.at(-1)).toBe(400);
});

test('a bot that is asked for wrongly is not made', async () => {
  for (const [its, status] of [
    [{ scopes: [] }, 400],
    [{ scopes: ['rule'] }, 400],
    [{ rooms: [] }, 400],
    [{ rooms: ['a room'] }, 422],
    [{ name: 'two words' }, 422],
    [{ name: 'operator' }, 409],
    [{ name: 'ANN' }, 409],
  ] as const) {
    const asked = { name: 'butler', scopes: ['say'], rooms: ['*'], ...its };
    expect(await core.order('POST', '/v1/bots', asked)).toMatchObject({ status });
  }
  expect((await core.order('GET', '/v1/bots')).json).toEqual({ bots: [] });
});
