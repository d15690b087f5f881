import type { Event } from '@partyline/protocol';
import { expect, test } from 'vitest';
import type { Effect } from './effect.ts';
import { effectsOf, taleOf } from './tale.ts';

const event = (seq: number): Event => ({
  ...{ room: 'lobby', seq, at: 1, id: `id${seq}`, kind: 'message' },
  ...{ session: 's', person: 's', nick: 'ann', text: 'a secret' },
});
const entered: Effect = {
  ...{ type: 'line', instance: 'i1' },
  line: { type: 'entered', session: 's', room: 'lobby', since: 0 },
};
const attached: Effect = {
  ...{ type: 'attached', instance: 'i2', online: 1, heads: {}, sessions: new Map(), follows: [] },
};

test('tells others what happened, in order, and events by their numbers alone', async () => {
  const effects: Effect[] = [
    { type: 'event', event: { ...event(1), trace: 't' } },
    entered,
    { type: 'event', event: event(2) },
  ];
  const tale = taleOf(effects, true);
  expect(tale?.text).not.toContain('secret');
  const asked: unknown[] = [];
  const heard = await effectsOf([tale?.text ?? ''], async (keys) => {
    asked.push(...keys.map((it) => it.seq));
    return [event(2), event(1)];
  });
  expect(asked).toEqual([1, 2]);
  expect(heard).toEqual(effects);
});

test('leaves out events that are gone from the log by now', async () => {
  const tale = taleOf([{ type: 'event', event: event(1) }, entered], true);
  expect(await effectsOf([tale?.text ?? ''], async () => [])).toEqual([entered]);
});

test('tells that a stream that begins here is elsewhere for the others', async () => {
  const tale = taleOf([attached], false);
  expect(tale).toMatchObject({ opened: ['i2'], closed: [], isDurable: false });
  expect(await effectsOf([tale?.text ?? ''], async () => [])).toEqual([
    { type: 'elsewhere', instance: 'i2' },
  ]);
});

test('notes which streams are here no more', () => {
  const effects: Effect[] = [
    { type: 'lapsed', instance: 'i1' },
    { type: 'gone', instance: 'i2' },
  ];
  expect(taleOf(effects, true)).toMatchObject({ opened: [], closed: ['i1', 'i2'] });
});

test('has nothing to tell of a batch that came to nothing', () => {
  expect(taleOf([], true)).toBeUndefined();
});
