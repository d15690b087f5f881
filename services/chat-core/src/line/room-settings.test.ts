import type { Outcome } from '@partyline/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { OPERATOR } from './draft.ts';
import { codeOf, receipt, rehearse, rules, sessionId } from './rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.open('ann');
  await it.open('bob');
});

const join = (name: string, room = 'den') => it.ask(name, { type: 'join', room });
const configure = (
  name: string,
  settings: { visibility?: 'public' | 'private'; speak?: 'everyone' | 'moderators' },
) => it.ask(name, { type: 'configure', room: 'den', ...settings });
const invite = (name: string, nick: string, remove = false) =>
  it.ask(name, { type: 'invite', room: 'den', nick, remove });

describe('a room', () => {
  test('is set by whoever made it, and by nobody else in it', async () => {
    await join('ann');
    await join('bob');
    expect(codeOf(await configure('bob', { visibility: 'private' }))).toBe('owner-needed');
    expect(await configure('ann', { visibility: 'private' })).toMatchObject({
      ...{ type: 'configured', room: 'den' },
      settings: { visibility: 'private', speak: 'everyone', keepMs: 0, keepCount: 0 },
    });
    await it.ask('ann', { type: 'slow', room: 'den', ms: 5_000 });
    const told = { settings: { visibility: 'private' }, slowMs: 5_000 };
    expect(await configure('bob', {})).toMatchObject({ ...told, role: 'member' });
    expect(await configure('ann', {})).toMatchObject({ ...told, role: 'owner' });
    await it.open('eve');
    expect(codeOf(await configure('eve', {}))).toBe('room-not-joined');
  });

  test('stays its owner’s when that registers', async () => {
    await join('ann');
    await it.line.run({
      ...{ type: 'register', session: sessionId('ann'), account: 'a-1', password: 'x' },
    });
    expect(codeOf(await configure('ann', { visibility: 'private' }))).toBe('configured');
  });

  test('is nobody’s when it is the lobby', async () => {
    const asked = { type: 'configure', room: 'lobby', speak: 'moderators' } as const;
    expect(codeOf(await it.ask('ann', asked))).toBe('owner-needed');
    expect(codeOf(await it.ask('op', asked, { by: OPERATOR }))).toBe('configured');
    expect(codeOf(await it.say('ann', 'hi'))).toBe('room-read-only');
  });

  test('is made by the operator where others may not', async () => {
    for (const roomCreation of ['operator', 'accounts'] as const) {
      it = rehearse({ rules: { ...rules, roomCreation } });
      await it.hello('i1');
      await it.open('ann');
      expect(codeOf(await join('ann'))).toBe('room-creation-refused');
      expect(codeOf(await it.open('bob', { rooms: ['den'] }))).toBe('room-creation-refused');
      await it.ask('op', { type: 'configure', room: 'tea' }, { by: OPERATOR });
      expect(codeOf(await join('ann', 'tea'))).toBe('joined');
      await it.line.run({
        ...{ type: 'register', session: sessionId('ann'), account: 'a-1', password: 'x' },
      });
      expect(codeOf(await join('ann'))).toBe(
        roomCreation === 'accounts' ? 'joined' : 'room-creation-refused',
      );
    }
  });
});

test('everybody in a room is told what of it was set otherwise, and who is invited', async () => {
  await join('ann');
  await join('bob');
  await configure('ann', { visibility: 'private' });
  const deeds = () => it.told().flatMap((told) => (told.type === 'signal' ? told.signal : []));
  deeds();
  await configure('ann', { visibility: 'private', speak: 'moderators' });
  expect(deeds()).toMatchObject([
    {
      ...{ type: 'deed', room: 'den', by: 'ann', except: [sessionId('ann')] },
      what: {
        settings: { visibility: 'private', speak: 'moderators' },
        changed: { speak: 'moderators' },
      },
    },
  ]);
  await it.open('eve');
  deeds();
  await invite('ann', 'eve');
  expect(deeds()).toMatchObject([
    { except: [sessionId('ann'), sessionId('eve')], what: { deed: 'invite', nick: 'eve' } },
  ]);
});

describe('a private room', () => {
  beforeEach(async () => {
    await join('ann');
    await configure('ann', { visibility: 'private' });
    it.told();
  });

  test('lets in who is invited, and tells them', async () => {
    expect(codeOf(await join('bob'))).toBe('room-invitation-needed');
    expect(codeOf(await it.open('eve', { rooms: ['den'] }))).toBe('room-invitation-needed');
    expect(codeOf(await invite('bob', 'bob'))).toBe('room-not-joined');
    expect(codeOf(await invite('ann', 'nobody'))).toBe('nick-unknown');
    it.told();
    expect(codeOf(await invite('ann', 'BOB'))).toBe('done');
    expect(it.linesTo('i1')).toEqual([
      { type: 'invited', session: sessionId('bob'), room: 'den', by: 'ann' },
    ]);
    expect(codeOf(await join('bob'))).toBe('joined');
    expect(codeOf(await invite('bob', 'ann'))).toBe('owner-needed');
  });

  test('holds an invitation for the account that a guest becomes', async () => {
    await invite('ann', 'bob');
    await it.line.run({
      ...{ type: 'register', session: sessionId('bob'), account: 'a-1', password: 'x' },
    });
    expect(codeOf(await join('bob'))).toBe('joined');
  });

  test('is told to an account that was away when it comes in, identifies or comes back, once', async () => {
    await it.open('eve');
    await it.register('eve');
    await it.ask('eve', { type: 'close' });
    const inviteTo = (room: string): Promise<Outcome> =>
      it.ask('ann', { type: 'invite', room, nick: 'eve' });
    expect(codeOf(await inviteTo('den'))).toBe('done');
    const invitations = [{ room: 'den', by: 'ann' }];
    expect(await it.login('eve2', 'eve')).toMatchObject({ type: 'opened', invitations });
    expect(await it.login('eve3', 'eve')).not.toHaveProperty('invitations');

    for (const room of ['attic', 'cave']) await it.ask('ann', { type: 'join', room });
    for (const name of ['eve2', 'eve3']) await it.ask(name, { type: 'detach' });
    await inviteTo('attic');
    expect(await it.resume('eve2')).toMatchObject({ invitations: [{ room: 'attic', by: 'ann' }] });
    expect(await it.resume('eve3')).not.toHaveProperty('invitations');

    for (const name of ['eve2', 'eve3']) await it.ask(name, { type: 'close' });
    await inviteTo('cave');
    await it.open('guest');
    it.told();
    const session = sessionId('guest');
    await it.identify('guest', 'eve');
    const line = { type: 'invited', session, room: 'cave', by: 'ann' };
    expect(it.linesTo('i1')).toEqual([line]);
  });

  test('is not told of when it was taken back meanwhile', async () => {
    await it.open('eve');
    await it.register('eve');
    await it.ask('eve', { type: 'close' });
    for (const remove of [false, true])
      await it.ask('ann', { type: 'invite', room: 'den', nick: 'eve', remove });
    expect(await it.login('eve2', 'eve')).not.toHaveProperty('invitations');
  });

  test('lets in whom the operator invites', async () => {
    const command = { type: 'invite', nick: 'bob' } as const;
    expect(codeOf(await it.operate({ ...command, room: 'nowhere' }))).toBe('room-unknown');
    it.told();
    expect(codeOf(await it.operate({ ...command, room: 'den' }))).toBe('done');
    expect(it.linesTo('i1')).toMatchObject([{ type: 'invited', room: 'den', by: 'operator' }]);
    expect([...it.tables.moderation.audit.values()].at(-1)).toMatchObject({
      ...{ deed: 'invite', by: 'operator', room: 'den', target: 'bob' },
    });
    expect(codeOf(await it.ask('bob', { type: 'join', room: 'den' }))).toBe('joined');
  });

  test('puts out whose invitation is taken back, for good', async () => {
    await invite('ann', 'bob');
    await join('bob');
    it.told();
    await invite('ann', 'bob', true);
    const effects = it.told();
    expect(it.linesTo('i1', effects)).toMatchObject([{ type: 'removed', room: 'den' }]);
    expect(it.changesIn('den', effects)).toMatchObject([{ change: 'left', nick: 'bob' }]);
    expect(codeOf(await join('bob'))).toBe('room-invitation-needed');
    expect(codeOf(await it.say('bob', 'hi', { room: 'den' }))).toBe('room-not-joined');
  });

  test('is not come back to by a resume without an invitation', async () => {
    await invite('ann', 'bob');
    await join('bob');
    await it.ask('bob', { type: 'detach' });
    it.clock.now += rules.graceMs;
    await it.line.run({ type: 'sweep' });
    await it.hello('i1');
    const back = receipt(await it.resume('bob'), 'opened');
    expect(back.rooms.map((room) => room.room)).toEqual(['lobby', 'den']);

    await it.ask('bob', { type: 'detach' });
    it.clock.now += rules.graceMs;
    await it.line.run({ type: 'sweep' });
    await it.hello('i1');
    it.tables.invitations.clear();
    const again = receipt(await it.resume('bob'), 'opened');
    expect(again.rooms.map((room) => room.room)).toEqual(['lobby']);
  });
});

test('in a read-only room only who runs it speaks, sets the topic and uses commands', async () => {
  await it.hello('i2', { commands: ['dns'] });
  await join('ann');
  await join('bob');
  await configure('ann', { speak: 'moderators' });
  expect(codeOf(await it.say('bob', 'hi', { room: 'den' }))).toBe('room-read-only');
  expect(codeOf(await it.ask('bob', { type: 'topic', room: 'den', text: 'x' }))).toBe(
    'room-read-only',
  );
  const command = { type: 'invoke', name: 'dns', args: '', room: 'den' } as const;
  expect(codeOf(await it.ask('bob', command))).toBe('room-read-only');
  expect(codeOf(await it.say('ann', 'hi', { room: 'den' }))).toBe('published');
});
