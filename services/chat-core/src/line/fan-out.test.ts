import { limits, type StreamLine } from '@partyline/protocol';
import { beforeEach, expect, test } from 'vitest';
import type { Effect } from './effect.ts';
import { FanOut, type Outlets } from './fan-out.ts';

let sent: Map<string, string>;
let fanOut: FanOut;
beforeEach(() => {
  sent = new Map();
  const append = (instance: string, line: string): void => {
    sent.set(instance, (sent.get(instance) ?? '') + line);
  };
  const outlets: Outlets = {
    append,
    appendAll: (line) => {
      for (const instance of sent.keys()) append(instance, line);
    },
    begin: (instance, line) => {
      sent.set(instance, line);
      return true;
    },
    end: (instance) => sent.delete(instance),
    leave: () => {},
    flush: () => {},
  };
  fanOut = new FanOut({ epoch: 'e', outlets, now: () => 0, after: () => () => {} });
});

const linesTo = (instance: string): StreamLine[] => {
  const lines = sent.get(instance) ?? '';
  sent.set(instance, '');
  return lines
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
};

const attached = (
  instance: string,
  rooms: readonly string[],
  follows: readonly string[] = [],
): Effect => ({
  ...{ type: 'attached', instance, online: 0, follows },
  heads: Object.fromEntries(rooms.map((room) => [room, 0])),
  sessions: new Map(rooms.map((room) => [room, 1])),
});
const event = (room: string, seq = 1): Effect => ({
  type: 'event',
  event: {
    ...{ room, seq, at: 1, id: 'a', kind: 'message', session: 's', person: 's', nick: 'n' },
    text: 'hi',
  },
});
const reads = (instance: string, room: string, by: 1 | -1): Effect => ({
  ...{ type: 'reads', instance, room, by },
});
const eventsTo = (instance: string): string[] =>
  linesTo(instance).flatMap((it) => (it.type === 'event' ? it.event.room : []));

test('tells an instance of a room as long as one of its sessions is there', () => {
  fanOut.deliver([attached('i1', ['lobby']), attached('i2', [])]);
  fanOut.deliver([reads('i1', 'lobby', 1), reads('i1', 'lobby', -1), event('lobby'), event('ops')]);
  expect([eventsTo('i1'), eventsTo('i2')]).toEqual([['lobby'], []]);
  fanOut.deliver([reads('i1', 'lobby', -1), event('lobby')]);
  expect(eventsTo('i1')).toEqual([]);
});

test('tells an instance where a room stands that it wants to know, once a batch, until it breaks', () => {
  fanOut.deliver([attached('i1', []), attached('i2', [])]);
  fanOut.head('i1', { add: ['ops', 'den'], remove: [] });
  fanOut.head('i1', { add: [], remove: ['den'] });
  linesTo('i1');
  fanOut.deliver([event('ops', 1), event('den', 1), event('ops', 2)]);
  expect(linesTo('i1')).toEqual([{ type: 'head', room: 'ops', seq: 2 }]);
  expect(linesTo('i2')).toMatchObject([{ type: 'welcome' }]);
  fanOut.drop('i1');
  fanOut.deliver([event('ops', 3)]);
  expect(linesTo('i1')).toEqual([]);
});

test('tells an instance of the rooms it follows, whoever is there', () => {
  fanOut.deliver([attached('i1', [], ['ops'])]);
  fanOut.deliver([reads('i1', 'ops', 1), reads('i1', 'ops', -1), event('ops')]);
  expect(eventsTo('i1')).toEqual(['ops']);
});

test('tells nothing to an instance without a stream, and all again once it is back', () => {
  fanOut.deliver([attached('i1', ['lobby'])]);
  fanOut.drop('i1');
  linesTo('i1');
  fanOut.deliver([reads('i1', 'ops', 1), event('lobby'), event('ops')]);
  expect(eventsTo('i1')).toEqual([]);
  fanOut.deliver([attached('i1', ['lobby', 'ops']), event('lobby'), event('ops')]);
  expect(eventsTo('i1')).toEqual(['lobby', 'ops']);
});

test('tells a batch in the order in which it was decided', () => {
  const entered: StreamLine = { type: 'entered', session: 's', room: '~a~b', since: 0 };
  fanOut.deliver([attached('i1', [])]);
  linesTo('i1');
  const line: Effect = { type: 'line', instance: 'i1', line: entered };
  fanOut.deliver([reads('i1', '~a~b', 1), line, event('~a~b')]);
  expect(linesTo('i1').map((it) => it.type)).toEqual(['entered', 'event']);
});

test('welcomes an instance with very many rooms in lines that the bus can carry', () => {
  const rooms = Array.from({ length: 1_200 }, (_, index) => '語'.repeat(60) + index);
  fanOut.deliver([attached('i1', rooms)]);
  const lines = sent.get('i1')?.split('\n') ?? [];
  expect(Math.max(...lines.map((it) => Buffer.byteLength(it)))).toBeLessThan(limits.busLineBytes);
  const heads = linesTo('i1').flatMap((it) => (it.type === 'welcome' ? Object.keys(it.heads) : []));
  expect(heads).toEqual(rooms);
});
