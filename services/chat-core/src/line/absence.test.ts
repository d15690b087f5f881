import { limits } from '@partyline/protocol';
import { beforeEach, expect, test } from 'vitest';
import { codeOf, rehearse, sessionId } from './rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.hello('i2');
  await it.open('ann');
  await it.open('bob', { by: 'i2' });
  it.told();
});

const away = (text?: string) =>
  it.ask('bob', text === undefined ? { type: 'away' } : { type: 'away', text }, { by: 'i2' });
const write = (name = 'ann') => it.ask(name, { type: 'private', to: 'bob', text: 'hi' });
const absent = { type: 'absent', session: sessionId('ann'), nick: 'bob' };

test('is told to every room once, with a word about why on one line, and shown in lists', async () => {
  await away(' at\n lunch ');
  await away('at lunch');
  const who = { nick: 'bob', session: sessionId('bob'), online: 2 };
  expect(it.changesIn('lobby')).toEqual([{ change: 'away', ...who, text: 'at lunch' }]);
  expect((await it.read.members('lobby', 9)).members).toEqual([
    { nick: 'ann' },
    { nick: 'bob', away: 'at lunch' },
  ]);
  await it.ask('bob', { type: 'back' }, { by: 'i2' });
  await it.ask('bob', { type: 'back' }, { by: 'i2' });
  expect(it.changesIn('lobby')).toEqual([{ change: 'back', ...who }]);
  expect(codeOf(await away('x'.repeat(limits.awayCodePoints + 1)))).toBe('text-too-long');
});

test('is told to each who writes, once until they were back', async () => {
  await away('lunch');
  await write();
  const effects = it.told();
  const told = { ...absent, reason: 'away', text: 'lunch' };
  expect(it.linesTo('i1', effects)).toContainEqual(told);
  await write();
  expect(it.linesTo('i1')).toEqual([]);
  await it.open('eve');
  await write('eve');
  expect(it.linesTo('i1')).toContainEqual({ ...told, session: sessionId('eve') });
  await it.ask('bob', { type: 'back' }, { by: 'i2' });
  await write();
  await away();
  it.told();
  await write();
  expect(it.linesTo('i1')).toEqual([{ ...absent, reason: 'away' }]);
});

test('of an account without a session is told with each message that waits', async () => {
  await it.register('bob');
  await it.ask('bob', { type: 'close' }, { by: 'i2' });
  it.told();
  await write();
  await write();
  const told = it.linesTo('i1').filter((line) => line.type === 'absent');
  expect(told).toEqual([
    { ...absent, reason: 'offline' },
    { ...absent, reason: 'offline' },
  ]);
});

test('is the same in every session of an account', async () => {
  await it.register('bob');
  await away('lunch');
  await it.login('phone', 'bob');
  expect((await it.read.members('lobby', 9)).members).toHaveLength(2);
  await it.ask('phone', { type: 'back' });
  expect((await it.read.members('lobby', 9)).members).toContainEqual({
    ...{ nick: 'bob', accountNick: 'bob' },
  });
  expect(it.tables.sessions.get(sessionId('bob'))?.away).toBeNull();
});
