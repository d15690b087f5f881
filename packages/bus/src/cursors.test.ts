import type { Event, EventPage, StreamLineOf } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { Cursors, type PageRequest } from './cursors.ts';

const event = (seq: number, room = 'lobby'): Event => ({
  ...{ room, seq, at: 0, id: `${seq}`, kind: 'message' },
  ...{ session: 's', person: 's', nick: 'ada', text: '' },
});
const live = (seq: number, room?: string) => ({ type: 'event', event: event(seq, room) }) as const;
const page = (head: number, seqs: number[], first = 1): EventPage => ({
  ...{ epoch: 'e', room: 'lobby', first, head },
  events: seqs.map((seq) => event(seq)),
});
const welcome = (heads: Record<string, number> = {}): StreamLineOf<'welcome'> => ({
  ...{ type: 'welcome', instance: 'i', epoch: 'e', online: 0, heads },
});

/** Attached, and following the lobby, whose last event was delivered. */
const following = (cursor: number, asked: string[] = []): Cursors => {
  const cursors = new Cursors();
  cursors.attach(asked);
  cursors.welcome(welcome());
  cursors.take({ type: 'entered', session: 's', room: 'lobby', since: cursor });
  cursors.follow('lobby', cursor);
  return cursors;
};
const nextOf = (cursors: Cursors): PageRequest => {
  const request = cursors.next();
  if (request === undefined) throw new Error('no page is needed');
  return request;
};

test('delivers the next event of a room, and drops what came already', () => {
  const cursors = following(4);
  expect(cursors.take(live(5))).toBe(true);
  expect(cursors.take(live(5))).toBe(false);
  expect(cursors.take(live(4))).toBe(false);
  expect(cursors.cursor('lobby')).toBe(5);
  expect(cursors.next()).toBeUndefined();
});

test('delivers nothing live while a room is filled, and goes live when it has reached what it saw', () => {
  const cursors = following(4);
  expect(cursors.take(live(7))).toBe(false);
  const first = nextOf(cursors);
  expect(first).toEqual({ room: 'lobby', after: 4 });
  expect(cursors.take(live(5))).toBe(false);
  expect(cursors.take(live(8))).toBe(false);
  expect(cursors.page(first, page(7, [5, 6]))?.map((it) => it.seq)).toEqual([5, 6]);
  const second = nextOf(cursors);
  expect(second).toEqual({ room: 'lobby', after: 6 });
  expect(cursors.page(second, page(8, [7, 8]))?.map((it) => it.seq)).toEqual([7, 8]);
  expect(cursors.next()).toBeUndefined();
  expect(cursors.take(live(9))).toBe(true);
});

test('goes on behind what the log has dropped', () => {
  const cursors = following(4);
  cursors.take(live(20));
  expect(cursors.page(nextOf(cursors), page(20, [19, 20], 19))?.map((it) => it.seq)).toEqual([
    19, 20,
  ]);
  expect(cursors.cursor('lobby')).toBe(20);
  cursors.take(live(30));
  expect(cursors.page(nextOf(cursors), page(30, [], 0))).toEqual([]);
  expect(cursors.take(live(31))).toBe(true);
});

test('asks later for a page that has not what the stream told of', () => {
  const cursors = following(4);
  cursors.take(live(6));
  const request = nextOf(cursors);
  expect(cursors.page(request, page(4, []))).toBeUndefined();
  expect(cursors.next()).toBeUndefined();
  cursors.failed(request);
  expect(cursors.next()).toEqual(request);
});

test('drops events of rooms that nobody follows, but for those of the hello', () => {
  const cursors = following(0, ['news']);
  expect(cursors.take(live(3, 'elsewhere'))).toBe(false);
  expect(cursors.cursor('elsewhere')).toBeUndefined();
  expect(cursors.take(live(3, 'news'))).toBe(true);
  expect(cursors.cursor('news')).toBe(3);
  expect(cursors.take(live(5, 'news'))).toBe(false);
  expect(nextOf(cursors)).toEqual({ room: 'news', after: 3 });
});

test('follows a room of the hello from where the welcome says that it stands', () => {
  const cursors = new Cursors();
  cursors.attach(['news']);
  cursors.welcome(welcome({ news: 7 }));
  expect(cursors.cursor('news')).toBe(7);
});

test('never goes backwards in a room that is followed', () => {
  const cursors = following(4);
  cursors.follow('lobby', 2);
  expect(cursors.cursor('lobby')).toBe(4);
  cursors.follow('lobby', 6);
  expect(cursors.cursor('lobby')).toBe(6);
});

test('jumps to the end of a log that is shorter than the one it knew', () => {
  const cursors = following(9);
  cursors.detach();
  cursors.attach([]);
  expect(cursors.welcome(welcome({ lobby: 3 }))).toBe(true);
  expect(cursors.cursor('lobby')).toBe(3);
});

test('is not misled by a room that was followed while the welcome was on its way', () => {
  const cursors = following(9);
  cursors.detach();
  cursors.attach([]);
  cursors.follow('lobby', 12);
  expect(cursors.welcome(welcome({ lobby: 10 }))).toBe(false);
  expect(cursors.cursor('lobby')).toBe(12);
});

test('looks into the log first when a room is followed later than at the line that a session came in by', () => {
  const entered = { type: 'entered', session: 's', room: 'lobby', since: 0 } as const;
  const afterAnotherLine = following(0);
  afterAnotherLine.unfollow('lobby');
  afterAnotherLine.take(entered);
  afterAnotherLine.take(live(1));
  afterAnotherLine.follow('lobby', 0);
  expect(nextOf(afterAnotherLine)).toEqual({ room: 'lobby', after: 0 });

  const afterABreak = following(0);
  afterABreak.unfollow('lobby');
  afterABreak.take(entered);
  afterABreak.detach();
  afterABreak.attach([]);
  afterABreak.welcome(welcome({ lobby: 1 }));
  afterABreak.follow('lobby', 0);
  expect(nextOf(afterABreak)).toEqual({ room: 'lobby', after: 0 });
});
