import { beforeEach, expect, test } from 'vitest';
import { codeOf, rehearse, sessionId } from './rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.open('ann');
  await it.register('ann');
  await it.open('bob');
  for (const text of ['one', 'two', 'three']) await it.say('bob', text);
});

const mark = (name: string, seq: number, room = 'lobby', at = seq) =>
  it.ask(name, { type: 'mark', room, seq, at });

test('what an account has read is kept, and never goes back', async () => {
  expect(await mark('ann', 2)).toMatchObject({ type: 'marked', room: 'lobby', seq: 2, at: 2 });
  expect(await mark('ann', 1)).toMatchObject({ seq: 2, at: 2 });
  expect(await it.read.markers(sessionId('ann'))).toMatchObject([{ room: 'lobby', seq: 2 }]);
  expect(await it.read.markers(sessionId('bob'))).toEqual([]);
});

test('nobody has read more than was said, or later than now', async () => {
  expect(await mark('ann', 9, 'lobby', it.clock.now + 5)).toMatchObject({
    ...{ seq: 3, at: it.clock.now },
  });
});

test('guests, and who is not there, have nothing marked', async () => {
  expect(codeOf(await mark('bob', 2))).toBe('account-needed');
  expect(codeOf(await mark('ann', 2, 'den'))).toBe('room-not-joined');
  expect(codeOf(await mark('ann', 2, '@nobody'))).toBe('nick-unknown');
  expect(codeOf(await mark('ann', 2, '@bob'))).toBe('room-unknown');
  expect(it.tables.markers.size).toBe(0);
});

test('the other sessions of the account are told where they are, once', async () => {
  await it.login('phone', 'ann');
  await it.login('away', 'ann', 'i1', { rooms: ['den'] });
  await it.ask('bob', { type: 'private', to: 'ann', text: 'psst' });
  it.told();
  await mark('ann', 2);
  await mark('ann', 2);
  expect(it.linesTo('i1')).toEqual([
    { type: 'marked', session: sessionId('phone'), room: 'lobby', seq: 2, at: 2 },
  ]);
  await mark('phone', 1, '@BOB');
  expect(it.linesTo('i1')).toMatchObject([
    { type: 'marked', session: sessionId('ann'), seq: 1, peer: 'bob' },
    { type: 'marked', session: sessionId('away'), seq: 1, peer: 'bob' },
  ]);
});

test('what a deleted account had read is forgotten', async () => {
  await mark('ann', 2);
  await it.line.run({ type: 'forget', account: 'a-ann', reason: '' });
  expect(it.tables.markers.size).toBe(0);
});
