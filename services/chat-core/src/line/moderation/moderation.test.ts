import type { Outcome } from '@partyline/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, receipt, rehearse, rules, sessionId } from '../rehearsal.ts';

let it: ReturnType<typeof rehearse>;
/** Ann owns the den, bob is in it, mod is a moderator of it, and the operator made op one. */
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.hello('i2');
  for (const name of ['ann', 'mod', 'bob', 'op']) await it.open(name, { address: '192.0.2.1' });
  for (const name of ['ann', 'mod', 'bob']) await join(name);
  await it.ask('ann', { type: 'role', room: 'den', nick: 'mod', role: 'moderator' });
  await it.register('op');
  await it.operate({ type: 'role', room: '*', nick: 'op', role: 'operator' });
  it.told();
});

const join = (name: string, room = 'den') => it.ask(name, { type: 'join', room });
const remove = (by: string, nick: string, reason?: string) =>
  it.ask(by, { type: 'remove', room: 'den', nick, ...(reason !== undefined && { reason }) });
const ban = (by: string, who: string, its: { room?: string; forMs?: number } = {}) =>
  it.ask(by, { type: 'ban', room: 'den', who, reason: 'spam', ...its });
const role = (by: string, nick: string, its: 'owner' | 'moderator' | 'member' | 'operator') =>
  it.ask(by, { type: 'role', room: 'den', nick, role: its });

describe('roles', () => {
  test('whoever makes a room owns it, but for the lobby', async () => {
    expect(it.tables.moderation.roles.get(`den\n${sessionId('ann')}`)?.role).toBe('owner');
    expect([...it.tables.moderation.roles.values()].map((row) => row.room)).not.toContain('lobby');
    await it.open('zoe', { rooms: ['lobby', 'attic'] });
    expect(it.tables.moderation.roles.get(`attic\n${sessionId('zoe')}`)?.role).toBe('owner');
  });

  test('are given by owners and operators, to people below', async () => {
    expect(codeOf(await role('mod', 'bob', 'moderator'))).toBe('owner-needed');
    expect(codeOf(await role('bob', 'bob', 'owner'))).toBe('owner-needed');
    expect(codeOf(await role('ann', 'ann', 'member'))).toBe('rank-too-low');
    expect(codeOf(await role('ann', 'bob', 'operator'))).toBe('role-bad');
    expect(codeOf(await role('ann', 'nobody', 'moderator'))).toBe('nick-unknown');
    expect(codeOf(await role('op', 'ann', 'member'))).toBe('done');
    expect(codeOf(await role('ann', 'bob', 'moderator'))).toBe('owner-needed');
  });

  test('of the whole server are the admin API’s to give, to accounts', async () => {
    const all = { type: 'role', room: '*', role: 'operator' } as const;
    expect(codeOf(await it.ask('op', { ...all, nick: 'bob' }))).toBe('operator-needed');
    expect(codeOf(await it.operate({ ...all, nick: 'bob' }))).toBe('nick-unknown');
    expect(codeOf(await it.operate({ ...all, nick: 'op', role: 'owner' }))).toBe('role-bad');
    await it.operate({ ...all, nick: 'op', role: 'member' });
    expect(codeOf(await role('op', 'bob', 'moderator'))).toBe('owner-needed');
  });

  test('go with a guest who becomes an account, and with one who is gone', async () => {
    await it.register('ann');
    expect(codeOf(await role('ann', 'bob', 'moderator'))).toBe('done');
    await it.ask('mod', { type: 'close' });
    await it.line.run({ type: 'sweep' });
    expect([...it.tables.moderation.roles.values()].map((row) => row.person).sort()).toEqual(
      ['a-ann', 'a-op', sessionId('bob')].sort(),
    );
  });
});

describe('those concerned', () => {
  const den = { room: 'den' } as const;
  const deeds = (effects = it.told()) =>
    effects.flatMap((effect) =>
      effect.type === 'signal' && effect.signal.type === 'deed' ? effect.signal : [],
    );

  test('are told at once that they are muted, why and how long, and that they no longer are', async () => {
    await it.ask('mod', {
      type: 'mute',
      ...den,
      nick: 'bob',
      reason: ' too\nloud ',
      forMs: 60_000,
    });
    await it.ask('mod', { type: 'unmute', ...den, nick: 'bob' });
    await it.ask('mod', { type: 'unmute', ...den, nick: 'bob' });
    const line = { type: 'concerned', session: sessionId('bob'), ...den, by: 'mod' };
    const until = it.clock.now + 60_000;
    expect(it.linesTo('i1')).toEqual([
      { ...line, what: { deed: 'mute', reason: 'too loud', until } },
      { ...line, what: { deed: 'unmute' } },
    ]);
  });

  test('are told of a role in every session, and the others in the room with its doer left out', async () => {
    await it.register('bob');
    await it.login('bob2', 'bob', 'i2');
    await it.ask('bob2', { type: 'away' }, { by: 'i2' });
    it.told();
    await role('ann', 'bob', 'moderator');
    const effects = it.told();
    const what = { deed: 'role', role: 'moderator' } as const;
    const line = { type: 'concerned', ...den, by: 'ann', what };
    expect(it.linesTo('i1', effects)).toEqual([{ ...line, session: sessionId('bob') }]);
    expect(it.linesTo('i2', effects)).toEqual([{ ...line, session: sessionId('bob2') }]);
    const except = ['ann', 'bob', 'bob2'].map(sessionId);
    expect(deeds(effects)).toEqual([
      { type: 'deed', ...den, by: 'ann', except, what: { ...what, nick: 'bob' } },
    ]);
    await role('ann', 'bob', 'moderator');
    expect(it.told()).toEqual([]);
  });

  test('are told by the operator of the server too', async () => {
    await it.operate({ type: 'role', room: '*', nick: 'op', role: 'member' });
    const what = { deed: 'role', role: 'member' };
    const line = { type: 'concerned', session: sessionId('op'), room: '*', by: 'operator', what };
    expect(it.linesTo('i1')).toEqual([line]);
  });

  test('are all in the room when it is set, or is slow', async () => {
    await it.ask('mod', { type: 'slow', ...den, ms: 5_000 });
    await it.ask('mod', { type: 'slow', ...den, ms: 5_000 });
    await it.ask('ann', { type: 'configure', ...den, speak: 'moderators' });
    await it.ask('ann', { type: 'configure', ...den });
    expect(deeds().map(({ by, what }) => ({ by, what }))).toMatchObject([
      { by: 'mod', what: { deed: 'slow', ms: 5_000 } },
      { by: 'ann', what: { deed: 'configure', settings: { speak: 'moderators' } } },
    ]);
  });

  test('are told what they are when they come in, and how slow the room is', async () => {
    await it.ask('mod', { type: 'slow', ...den, ms: 5_000 });
    const told = { room: 'den', role: 'moderator', slowMs: 5_000 };
    expect(receipt(await join('mod'), 'joined').room).toMatchObject(told);
    expect(receipt(await join('op'), 'joined').room).toMatchObject({ role: 'operator' });
    expect(receipt(await join('bob'), 'joined').room).not.toHaveProperty('role');
    await it.ask('mod', { type: 'detach' });
    expect(receipt(await it.resume('mod'), 'opened').rooms).toContainEqual(
      expect.objectContaining(told),
    );
    const [lobby] = receipt((await it.login('op2', 'op')) as Outcome, 'opened').rooms;
    expect(lobby).toMatchObject({ room: 'lobby', role: 'operator' });
  });
});

describe('removing', () => {
  test('tells the one concerned and the others why', async () => {
    expect(codeOf(await remove('mod', 'BOB', ' too\nloud '))).toBe('done');
    const effects = it.told();
    const session = sessionId('bob');
    const line = { type: 'removed', session, room: 'den', reason: 'too loud', by: 'mod' };
    expect(it.linesTo('i1', effects)).toEqual([line]);
    expect(it.changesIn('den', effects)).toMatchObject([
      { change: 'left', how: 'removed', by: 'mod', reason: 'too loud' },
    ]);
    expect(codeOf(await it.say('bob', 'hi', { room: 'den' }))).toBe('room-not-joined');
    expect(codeOf(await join('bob'))).toBe('joined');
  });

  test('is for moderators, and to people below', async () => {
    expect(codeOf(await remove('bob', 'mod'))).toBe('moderator-needed');
    expect(codeOf(await remove('mod', 'ann'))).toBe('rank-too-low');
    expect(codeOf(await remove('mod', 'mod'))).toBe('rank-too-low');
    expect(codeOf(await remove('mod', 'op'))).toBe('rank-too-low');
    expect(codeOf(await remove('ann', 'mod'))).toBe('done');
    expect(codeOf(await remove('op', 'ann'))).toBe('done');
    expect(codeOf(await remove('op', 'ann'))).toBe('nick-not-in-room');
    const nowhere = { type: 'remove', room: 'nowhere', nick: 'bob' } as const;
    expect(codeOf(await it.ask('op', nowhere))).toBe('room-unknown');
    expect(codeOf(await it.ask('ann', { ...nowhere, room: '~a~b' }))).toBe('room-unknown');
  });
});

describe('banning', () => {
  test('a nick puts its holder out, and keeps it out under other nicks too', async () => {
    expect(codeOf(await ban('mod', 'bob'))).toBe('done');
    expect(it.linesTo('i1')).toMatchObject([{ type: 'removed', reason: 'spam' }]);
    expect(await join('bob')).toMatchObject({
      problem: { code: 'room-banned', params: { room: 'den', reason: 'spam', until: '∞' } },
    });
    await it.ask('bob', { type: 'rename', nick: 'rob' });
    expect(codeOf(await join('bob'))).toBe('room-banned');
    await it.register('bob');
    expect(codeOf(await join('bob'))).toBe('room-banned');
    await it.open('other', { nick: 'bob' });
    expect(codeOf(await join('other'))).toBe('room-banned');
    await it.open('third');
    await join('third');
    await it.ask('other', { type: 'close' });
    expect(codeOf(await it.ask('third', { type: 'rename', nick: 'BOB' }))).toBe('room-banned');
  });

  test('ends by itself, or is lifted', async () => {
    await ban('mod', 'bob', { forMs: 5_000 });
    expect(await join('bob')).toMatchObject({
      problem: { params: { until: '1970-01-01 00:16Z' } },
    });
    it.clock.now += 5_000;
    expect(codeOf(await join('bob'))).toBe('joined');
    await it.line.run({ type: 'sweep' });
    expect(it.tables.moderation.bans.size).toBe(0);
    await ban('mod', 'bob');
    expect(codeOf(await it.ask('mod', { type: 'unban', room: 'den', who: 'Bob' }))).toBe('done');
    expect(codeOf(await join('bob'))).toBe('joined');
    expect(codeOf(await it.ask('mod', { type: 'unban', room: 'den', who: 'bob' }))).toBe(
      'ban-unknown',
    );
  });

  test('an account holds in all its sessions, and for who becomes it', async () => {
    await it.register('bob');
    await it.open('guest');
    await join('guest');
    expect(codeOf(await ban('mod', 'account:bob'))).toBe('done');
    it.told();
    await it.identify('guest', 'bob');
    expect(it.linesTo('i1')).toMatchObject([{ type: 'removed', session: sessionId('guest') }]);
    expect(codeOf(await join('guest'))).toBe('room-banned');
    expect(codeOf(await ban('mod', 'account:nobody'))).toBe('nick-unknown');
  });

  test('addresses holds for all who come from there, but not for who has a role', async () => {
    expect(codeOf(await ban('mod', '192.0.2.0/24'))).toBe('done');
    expect(it.linesTo('i1')).toMatchObject([{ type: 'removed', session: sessionId('bob') }]);
    await it.open('eve', { address: '::ffff:192.0.2.77' });
    expect(codeOf(await join('eve'))).toBe('room-banned');
    await it.open('far', { address: '198.51.100.1' });
    expect(codeOf(await join('far'))).toBe('joined');
    await it.ask('mod', { type: 'part', room: 'den' });
    expect(codeOf(await join('mod'))).toBe('joined');
  });

  test('takes a role, and is for people below', async () => {
    expect(codeOf(await ban('mod', 'ann'))).toBe('rank-too-low');
    expect(codeOf(await ban('bob', 'ann'))).toBe('moderator-needed');
    expect(codeOf(await ban('ann', 'mod'))).toBe('done');
    expect(codeOf(await join('mod'))).toBe('room-banned');
    expect(codeOf(await ban('mod', 'bob'))).toBe('moderator-needed');
  });

  test('from the whole server ends sessions, and refuses to open, resume and rename', async () => {
    expect(codeOf(await ban('ann', 'bob', { room: '*' }))).toBe('operator-needed');
    await it.open('late', { by: 'i2', address: '203.0.113.5' });
    it.clock.now += 1;
    await it.ask('late', { type: 'detach' }, { by: 'i2' });
    it.clock.now += rules.graceMs;
    await it.line.run({ type: 'sweep' });
    it.told();
    expect(codeOf(await ban('op', '203.0.113.0/24', { room: '*' }))).toBe('done');
    expect(codeOf(await ban('op', 'bob', { room: '*' }))).toBe('done');
    expect(it.linesTo('i1')).toEqual([
      { type: 'ended', session: sessionId('bob'), cause: 'kicked', reason: 'spam' },
    ]);
    expect(codeOf(await it.open('new', { nick: 'bob' }))).toBe('banned');
    expect(codeOf(await it.open('new', { address: '203.0.113.200' }))).toBe('banned');
    expect(codeOf(await it.ask('mod', { type: 'rename', nick: 'bob' }))).toBe('banned');
    // Coming back by resume from where it is banned.
    const token = { type: 'resume', token: `${sessionId('late')}.${'s'.repeat(32)}`, wire: 'x' };
    const back = await it.ask('late', { ...token, type: 'resume', address: '203.0.113.5' });
    expect(codeOf(back)).toBe('banned');
    expect(codeOf(await it.open('new'))).toBe('opened');
  });

  test('an account keeps it out at the door too', async () => {
    await it.register('bob');
    await it.ask('bob', { type: 'close' });
    await ban('op', 'account:bob', { room: '*' });
    expect(await it.login('phone', 'bob')).toMatchObject({ code: 'banned' });
    expect(await it.login('other', 'op')).toMatchObject({ type: 'opened' });
  });

  test('from the lobby keeps out who would come in there', async () => {
    await it.operate({ type: 'ban', room: 'lobby', who: 'zoe' });
    expect(codeOf(await it.open('zoe'))).toBe('room-banned');
  });

  test('lists bans to moderators', async () => {
    await ban('mod', 'bob', { forMs: 5_000 });
    it.clock.now += 1;
    await ban('ann', '198.51.100.0/24');
    const listed = await it.ask('mod', { type: 'bans', room: 'den' });
    expect(listed).toMatchObject({
      ...{ type: 'bans', room: 'den', count: 2 },
      bans: [
        { who: '198.51.100.0/24', by: 'ann', reason: 'spam' },
        { who: 'bob', by: 'mod', until: it.clock.now + 4_999 },
      ],
    });
    expect(codeOf(await it.ask('bob', { type: 'bans', room: 'den' }))).toBe('moderator-needed');
    expect(codeOf(await it.ask('mod', { type: 'bans', room: '*' }))).toBe('operator-needed');
  });
});

describe('muting', () => {
  const mute = (nick = 'bob', forMs?: number) =>
    it.ask('mod', {
      ...{ type: 'mute', room: 'den', nick, reason: 'hush' },
      ...(forMs !== undefined && { forMs }),
    });

  test('takes the word in one room, until its time is out or it is given back', async () => {
    await mute('bob', 60_000);
    expect(await it.say('bob', 'hi', { room: 'den' })).toMatchObject({
      problem: { code: 'muted', params: { room: 'den', reason: 'hush' } },
    });
    expect(codeOf(await it.ask('bob', { type: 'topic', room: 'den', text: 'x' }))).toBe('muted');
    expect(codeOf(await it.say('bob', 'hi'))).toBe('published');
    it.clock.now += 60_000;
    expect(codeOf(await it.say('bob', 'hi', { room: 'den' }))).toBe('published');
    await mute();
    await it.ask('mod', { type: 'unmute', room: 'den', nick: 'bob' });
    expect(codeOf(await it.say('bob', 'hi', { room: 'den' }))).toBe('published');
  });

  test('goes with a guest who becomes an account', async () => {
    await mute();
    await it.register('bob');
    expect(codeOf(await it.say('bob', 'hi', { room: 'den' }))).toBe('muted');
  });

  test('a publish of before is still answered with its receipt', async () => {
    const said = await it.say('bob', 'hi', { room: 'den', id: 'same' });
    await mute();
    expect(await it.say('bob', 'hi', { room: 'den', id: 'same' })).toEqual(said);
  });

  test('is not undone by the one it was done to', async () => {
    await it.ask('ann', { type: 'mute', room: 'den', nick: 'mod' });
    const own = { type: 'unmute', room: 'den', nick: 'mod' } as const;
    expect(codeOf(await it.ask('mod', own))).toBe('rank-too-low');
    expect(codeOf(await mute('ann'))).toBe('rank-too-low');
  });
});

test('moderators take back what people below said', async () => {
  await it.say('bob', 'rude', { room: 'den' });
  await it.say('ann', 'mine', { room: 'den' });
  const takeBack = (name: string, ref: number) =>
    it.ask(name, { type: 'delete', room: 'den', ref });
  expect(codeOf(await takeBack('bob', 2))).toBe('event-not-yours');
  expect(codeOf(await takeBack('mod', 2))).toBe('event-not-yours');
  expect(codeOf(await takeBack('mod', 1))).toBe('published');
});

test('slow mode lets a person speak once in a while, and moderators always', async () => {
  expect(codeOf(await it.ask('bob', { type: 'slow', room: 'den', ms: 1 }))).toBe(
    'moderator-needed',
  );
  await it.ask('mod', { type: 'slow', room: 'den', ms: 10_000 });
  expect(codeOf(await it.say('bob', 'one', { room: 'den' }))).toBe('published');
  it.clock.now += 2_500;
  expect(await it.say('bob', 'two', { room: 'den' })).toMatchObject({
    problem: { code: 'slow-mode', params: { seconds: 8 } },
  });
  for (const text of ['a', 'b'])
    expect(codeOf(await it.say('mod', text, { room: 'den' }))).toBe('published');
  it.clock.now += 7_500;
  expect(codeOf(await it.say('bob', 'two', { room: 'den' }))).toBe('published');
  await it.ask('mod', { type: 'slow', room: 'den', ms: 0 });
  expect(codeOf(await it.say('bob', 'three', { room: 'den' }))).toBe('published');
});

test('every deed is in the audit log', async () => {
  await remove('mod', 'bob', 'loud');
  await ban('ann', 'bob', { forMs: 5_000 });
  await remove('bob', 'ann');
  await it.operate({ type: 'kick', target: sessionId('bob'), reason: 'enough' });
  const entries = await it.read.moderation.audit(2, 10);
  expect(
    entries.map(({ n, by, deed, room, target, detail, reason }) => [
      ...[n, by, deed, room, target, detail, reason],
    ]),
  ).toEqual([
    [3, 'mod', 'remove', 'den', 'bob', null, 'loud'],
    [4, 'ann', 'ban', 'den', 'bob', '5 s', 'spam'],
    [5, 'operator', 'kick', '*', 'bob', null, 'enough'],
  ]);
});

test('a ban holds for what comes later in the same batch', async () => {
  const publishes = [
    it.envelope('mod', { type: 'ban', room: 'den', who: 'bob' }),
    it.envelope('bob', { type: 'join', room: 'den' }),
    it.envelope('eve', {
      ...{ type: 'open', nick: 'eve', token: `${sessionId('eve')}.${'s'.repeat(32)}`, wire: 'x' },
      ...{ address: '203.0.113.9', rooms: ['den'] },
    }),
    it.envelope('mod', { type: 'ban', room: 'den', who: '203.0.113.0/24' }),
    it.envelope('eve', { type: 'say', room: 'den', text: 'hi' }),
  ];
  const outcomes = await it.line.publish('i1', publishes);
  expect(outcomes.map(codeOf)).toEqual([
    ...['done', 'room-banned', 'opened', 'done', 'room-not-joined'],
  ]);
  expect(receipt(await it.say('mod', 'hi', { room: 'den' }), 'published').seq).toBe(1);
});
