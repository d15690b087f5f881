import type { Event } from '@partyline/protocol';
import { expect, it } from 'vitest';
import { FeedReceiver, type FeedReceiverOptions } from './receiver.ts';

const event = (seq: number, room = 'lobby'): Event => ({
  ...{ room, seq, at: 0, id: `${seq}`, kind: 'message', session: 's', person: 'p', nick: 'ann' },
  text: 'hi',
});
const feed = (epoch: string, ...events: Event[]) => ({ type: 'feed', epoch, events }) as const;
const heads = (epoch: string, first: number, head: number, room = 'lobby') =>
  ({ type: 'heads', epoch, port: 7020, rooms: [{ room, first, head }] }) as const;

const receiver = (options: Partial<FeedReceiverOptions> = {}) => {
  const clock = { ms: 0 };
  const it = new FeedReceiver({
    ...{ wants: () => true, now: () => clock.ms, random: () => 0.5 },
    ...options,
  });
  return { it, clock };
};

it('begins with what comes first, when nothing is known', () => {
  const { it } = receiver();
  expect(it.take(feed('e', event(41)))).toEqual([{ type: 'event', event: event(41) }]);
  expect(it.take(feed('e', event(40)))).toEqual([]);
});

it('goes on after what is known, and asks for it once', () => {
  const { it, clock } = receiver({ cursors: { epoch: 'e', rooms: { lobby: 2 } } });
  it.take(heads('e', 1, 5));
  expect(it.due()).toEqual([]);
  clock.ms = 60;
  expect(it.due()).toEqual([{ type: 'repair', epoch: 'e', room: 'lobby', from: 3, to: 5 }]);
  expect(it.due()).toEqual([]);
});

it('asks for a hole and no more, and says its cookie', () => {
  const { it, clock } = receiver({ cursors: { epoch: 'e', rooms: { lobby: 0 } } });
  it.take({ type: 'cookie', cookie: 'c' });
  expect(it.take(feed('e', event(3)))).toEqual([]);
  it.due();
  clock.ms = 60;
  expect(it.due()).toMatchObject([{ from: 1, to: 2, cookie: 'c' }]);
  expect(it.take(feed('e', event(1), event(2)))).toHaveLength(3);
});

it('tells of what cannot be had any more, and goes on after it', () => {
  const { it } = receiver({ cursors: { epoch: 'e', rooms: { lobby: 2 } } });
  it.take(feed('e', event(9)));
  expect(it.take(heads('e', 9, 9))).toEqual([
    { type: 'gap', room: 'lobby', from: 3, next: 9, epoch: 'e' },
    { type: 'event', event: event(9) },
  ]);
});

it('begins anew when the log became another one, and takes nothing late of the old one', () => {
  const { it } = receiver();
  it.take(feed('old', event(41)));
  expect(it.take(heads('new', 1, 3))).toEqual([
    { type: 'gap', room: 'lobby', from: 42, next: 4, epoch: 'new' },
  ]);
  expect(it.take(feed('old', event(42)))).toEqual([]);
  expect(it.take(feed('new', event(4)))).toEqual([{ type: 'event', event: event(4) }]);
});

it('takes only rooms that are wanted', () => {
  const { it } = receiver({ wants: (room) => room === 'ops' });
  expect(it.take(feed('e', event(1)))).toEqual([]);
  expect(it.take(feed('e', event(1, 'ops')))).toHaveLength(1);
});
