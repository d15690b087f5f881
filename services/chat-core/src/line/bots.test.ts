import { type Command, nickKey, skeleton } from '@partyline/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BotPart, Grant } from '../people/bot.ts';
import { codeOf, rehearse } from './rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
});

const id = 'b-0123456789abcdef';

const employ = (nick: string, its: Partial<BotPart> & { use?: 'token' | 'webhook' } = {}) => {
  const bot: BotPart = {
    ...{ use: 'token', tokenHash: 'h', scopes: ['say', 'read', 'commands'], rooms: ['*'] },
    ...{ usedAt: null, until: null, ...its },
  };
  const account = {
    ...{ account: id, nick, nameKey: nickKey(nick), skeleton: skeleton(nick), password: '' },
    ...{ createdAt: it.clock.now, bot },
  };
  return it.line.run({ type: 'employ', account });
};

const grant = (its: Partial<Grant> = {}): Grant => ({
  ...{ bot: id, nick: 'butler', use: 'token', scopes: ['say', 'read', 'commands'] },
  ...{ rooms: ['*'], until: null, ...its },
});

let ids = 0;
const publish = async (command: Command, its: Partial<Grant> = {}, by = `${id}.x`) => {
  const envelope = { id: `b${ids++}`, session: 'x', command };
  const [outcome] = await it.line.publish(by, [envelope], grant(its));
  return outcome === undefined ? undefined : codeOf(outcome);
};
const announce = (room: string, its: Partial<Grant> = {}, nick = 'butler') =>
  publish({ type: 'announce', room, text: 'hi', nick }, its);

const helloOf = (instance: string, rooms: string[], its: Partial<Grant> = {}) =>
  it.line.run({
    ...{ type: 'hello', instance, grant: grant(its) },
    hello: { kind: 'butler', endpoints: ['x://y'], commands: [], sessions: [], rooms },
  });

describe("a bot's name", () => {
  test('is held as an account is: nobody takes it, or what looks like it', async () => {
    expect(await employ('butler')).toBeUndefined();
    expect(codeOf(await it.open('butler'))).toBe('nick-registered');
    expect(codeOf(await it.open('BUTLER'))).toBe('nick-registered');
    expect(codeOf(await it.open('eve', { nick: 'but1er' }))).toBe('nick-confusable');
  });

  test('is not one that somebody bears or has registered', async () => {
    await it.open('ann');
    await it.open('bob');
    await it.register('bob');
    expect(await employ('ann')).toMatchObject({ code: 'nick-taken' });
    expect(await employ('bob')).toMatchObject({ code: 'nick-registered' });
    expect(await employ('b0b')).toMatchObject({ code: 'nick-confusable' });
  });

  test('is free when the bot is dismissed, and what it did is written down', async () => {
    await employ('butler');
    expect(await it.line.run({ type: 'dismiss', account: id })).toBeUndefined();
    expect(await it.line.run({ type: 'dismiss', account: id })).toMatchObject({
      code: 'bot-unknown',
    });
    expect(codeOf(await it.open('butler'))).toBe('opened');
    expect(await it.read.moderation.audit(0, 9)).toMatchObject([
      { deed: 'make-bot', by: 'operator', target: 'butler' },
      { deed: 'dismiss-bot', target: 'butler' },
    ]);
  });
});

describe('a bot', () => {
  beforeEach(() => employ('butler'));

  test('speaks under its own name, marked as a bot', async () => {
    expect(await announce('lobby')).toBe('room-unknown');
    await it.open('ann');
    expect(await announce('lobby', {}, 'BUTLER')).toBe('published');
    expect((await it.read.page('lobby', { after: 0, limit: 9 })).events).toMatchObject([
      { kind: 'notice', nick: 'butler', person: id, bot: true },
    ]);
    expect(await announce('lobby', {}, 'ann')).toBe('token-scope');
  });

  test('does nothing else', async () => {
    await it.open('ann');
    await it.operate({ type: 'configure', room: 'lobby', keepCount: 0 });
    const session = { session: 'ann-------------' };
    const tried: Command[] = [
      { type: 'say', room: 'lobby', text: 'x' },
      { type: 'rename', nick: 'x' },
      { type: 'role', room: 'lobby', nick: 'ann', role: 'owner' },
      { type: 'ban', room: '*', who: 'ann' },
      { type: 'kick', target: session.session },
      { type: 'configure', room: 'lobby', visibility: 'private' },
      { type: 'invoke', name: 'dns', args: '', room: 'lobby' },
    ];
    for (const command of tried) {
      expect(await publish(command)).toBe('token-scope');
      expect(await publish(command, {}, 'operator')).toBe('token-scope');
    }
  });

  test('speaks only where its token is for, and makes only rooms that are named', async () => {
    await it.open('ann', { rooms: ['lobby', 'ops'] });
    expect(await announce('ops', { rooms: ['lobby'] })).toBe('token-scope');
    expect(await announce('ops', { scopes: ['read'] })).toBe('token-scope');
    expect(await announce('new', { rooms: ['*'] })).toBe('room-unknown');
    expect(await announce('new', { rooms: ['new'] })).toBe('published');
    await it.operate({ type: 'configure', room: 'ops', visibility: 'private' });
    expect(await announce('ops')).toBe('token-scope');
    expect(await announce('ops', { rooms: ['ops'] })).toBe('published');
  });

  test('shows no cards, which are the services’ own', async () => {
    await it.open('ann');
    const report = { name: 'a.example', resolve: [], differences: [] };
    const card = { type: 'dns', report } as const;
    const tried = { type: 'announce', room: 'lobby', text: 'hi', nick: 'butler', card } as const;
    expect(await publish(tried)).toBe('token-scope');
  });

  test('is moderated as people are', async () => {
    await it.open('ann');
    await it.operate({ type: 'mute', room: 'lobby', nick: 'butler', reason: 'noise' });
    expect(await announce('lobby')).toBe('muted');
    await it.operate({ type: 'unmute', room: 'lobby', nick: 'butler' });
    await it.operate({ type: 'slow', room: 'lobby', ms: 5_000 });
    expect(await announce('lobby')).toBe('published');
    expect(await announce('lobby')).toBe('slow-mode');
    it.clock.now += 5_000;
    await it.operate({ type: 'configure', room: 'lobby', speak: 'moderators' });
    expect(await announce('lobby')).toBe('room-read-only');
    await it.operate({ type: 'role', room: 'lobby', nick: 'butler', role: 'moderator' });
    expect(await announce('lobby')).toBe('published');
    await it.operate({ type: 'role', room: 'lobby', nick: 'butler', role: 'member' });
    await it.operate({ type: 'ban', room: 'lobby', who: 'butler' });
    expect(await announce('lobby')).toBe('room-banned');
  });

  test('is not written to in private', async () => {
    await it.open('ann');
    const asked = await it.ask('ann', { type: 'private', to: 'butler', text: 'hi' });
    expect(codeOf(asked)).toBe('bot-deaf');
  });

  test('comes with no sessions, no endpoints, and the rooms of its token', async () => {
    await it.open('ann', { rooms: ['lobby', 'den'] });
    await it.operate({ type: 'configure', room: 'den', visibility: 'private' });
    expect(await helloOf(`${id}.1`, ['Lobby', 'not-there-yet'])).toEqual([]);
    expect(it.tables.instances.get(`${id}.1`)).toMatchObject({
      ...{ endpoints: [], rooms: ['lobby', 'not-there-yet'], bot: { bot: id } },
    });
    for (const room of ['den', '~a~b'])
      expect(await helloOf(`${id}.2`, [room])).toMatchObject({ code: 'token-scope' });
    expect(await helloOf(`${id}.2`, ['lobby'], { scopes: ['say'] })).toMatchObject({
      code: 'token-scope',
    });
    expect(await helloOf(`${id}.2`, ['den'], { rooms: ['den'] })).toEqual([]);
  });

  test('registers slash commands that nobody else serves, and is handed their uses', async () => {
    await it.open('ann', { rooms: ['lobby', 'den'] });
    await it.hello('i2', { commands: ['dns'] });
    const register = (commands: string[], its: Partial<Grant> = {}, own = grant(its)) =>
      it.line.run({
        ...{ type: 'hello', instance: `${own.bot}.1`, grant: own },
        hello: { kind: 'x', endpoints: [], commands, sessions: [], rooms: [] },
      });
    expect(await register(['dns'])).toMatchObject({ code: 'command-taken' });
    expect(await register(['roll'], { scopes: ['say'] })).toMatchObject({ code: 'token-scope' });
    expect(await register(['roll'])).toEqual([]);
    expect(await register(['roll'], { bot: 'b-fedcba9876543210' })).toMatchObject({
      code: 'command-taken',
    });
    it.attached.add(`${id}.1`);
    it.told();
    const use = (room: string) =>
      it.ask('ann', { type: 'invoke', name: 'ROLL', args: '2d6', room });
    expect(codeOf(await use('lobby'))).toBe('done');
    expect(it.linesTo(`${id}.1`)).toMatchObject([
      { type: 'invocation', name: 'roll', args: '2d6', room: 'lobby', nick: 'ann' },
    ]);
    await it.register('ann');
    await it.operate({ type: 'role', room: '*', nick: 'ann', role: 'operator' });
    await use('lobby');
    const [handed] = it.linesTo(`${id}.1`).filter((line) => line.type === 'invocation');
    expect(handed).toMatchObject({ nick: 'ann' });
    expect(handed).not.toHaveProperty('operator');
    await it.operate({ type: 'configure', room: 'den', visibility: 'private' });
    expect(codeOf(await use('den'))).toBe('command-unserved');
  });

  test('reads a room no longer that becomes private, unless it is named', async () => {
    await it.open('ann', { rooms: ['lobby', 'den'] });
    await helloOf(`${id}.1`, ['lobby', 'den']);
    await helloOf(`${id}.2`, ['den'], { rooms: ['den'] });
    it.told();
    await it.operate({ type: 'configure', room: 'den', visibility: 'private' });
    expect(it.told()).toContainEqual({ type: 'unfollows', instance: `${id}.1`, room: 'den' });
    expect(it.tables.instances.get(`${id}.1`)?.rooms).toEqual(['lobby']);
    expect(it.tables.instances.get(`${id}.2`)?.rooms).toEqual(['den']);
  });

  test('is off the bus when its token ends, is renewed, or it is dismissed', async () => {
    const end = it.clock.now + 1_000;
    await helloOf(`${id}.1`, [], { until: end });
    it.clock.now = end;
    await it.line.run({ type: 'sweep' });
    expect([...it.tables.instances.keys()]).toEqual(['i1']);
    await helloOf(`${id}.1`, []);
    await it.line.run({ type: 'retoken', account: id, tokenHash: 'other' });
    expect([...it.tables.instances.keys()]).toEqual(['i1']);
    await helloOf(`${id}.1`, []);
    it.told();
    await it.line.run({ type: 'dismiss', account: id });
    expect(it.told()).toEqual([
      { type: 'gone', instance: `${id}.1` },
      { type: 'bot', bot: id },
    ]);
  });
});

test('a webhook may choose a name that nobody has', async () => {
  await it.open('ann');
  await it.open('bob');
  await it.register('bob');
  await employ('butler', { use: 'webhook' });
  const webhook = { use: 'webhook' } as const;
  expect(await announce('lobby', webhook, 'ci')).toBe('published');
  expect(await announce('lobby', webhook, 'ann')).toBe('nick-taken');
  expect(await announce('lobby', webhook, 'bob')).toBe('nick-registered');
  expect(await announce('lobby', webhook, 'b0b')).toBe('nick-confusable');
  expect(await announce('lobby', webhook, 'operator')).toBe('nick-reserved');
});
