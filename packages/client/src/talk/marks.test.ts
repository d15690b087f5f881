import { expect, test } from 'vitest';
import type { EventFrame } from '../line/event-frames.ts';
import { newRoom } from './conversation.ts';
import { marksOf } from './marks.ts';
import { rowsOf } from './rows.ts';
import { addPage, append, emptyTimeline, type Timeline } from './timeline.ts';

type Reference = Extract<EventFrame, { readonly nickname: string; readonly ref: number }>;

const place = (seq: number) => ({ room: 'lobby', seq, at: 0, id: `${seq}` });
const said = (seq: number): EventFrame => ({
  ...{ type: 'broadcast', nickname: 'ada', message: `${seq}`, ...place(seq) },
});
const react = (
  seq: number,
  nickname: string,
  reaction: string,
  type: 'react' | 'unreact' = 'react',
) => ({ type, nickname, reaction, ref: 1, ...place(seq) }) satisfies Reference;
const of = (...events: EventFrame[]): Timeline => events.reduce(append, emptyTimeline(0));

test('the last edit is what a message says, however its page came', () => {
  const edits: EventFrame[] = ['one', 'two'].map((message, n) => ({
    ...{ type: 'edit', nickname: 'ada', message, ref: 1, ...place(2 + n) },
  }));
  const newest = edits.reduce(append, emptyTimeline(1));
  const history = { type: 'history', room: 'lobby', first: 1, head: 3 } as const;
  const whole = addPage(newest, { ...history, events: [said(1)] });
  expect(marksOf(whole.references).get(1)).toMatchObject({ edited: 'two', gone: false });
});

test('what is taken back is gone', () => {
  const gone: EventFrame = { type: 'delete', nickname: 'ada', ref: 1, ...place(2) };
  expect(marksOf(of(said(1), gone).references).get(1)?.gone).toBe(true);
});

test('reactions count people, each once, until they take them away', () => {
  const timeline = of(
    ...[said(1), react(2, 'bob', '👍'), react(3, 'Eve', '👍'), react(4, 'BOB', '👍')],
    ...[react(5, 'bob', '🎉'), react(6, 'eve', '👍', 'unreact'), react(7, 'bob', '🎉', 'unreact')],
  );
  expect(marksOf(timeline.references).get(1)?.reactions).toEqual([
    { reaction: '👍', nicks: ['BOB'] },
  ]);
});

test('a person who is called otherwise by now still reacts once, and takes it away', () => {
  const by = { person: 'a-1' } as const;
  const once = of(
    ...[said(1), { ...react(2, 'ann', '👍'), ...by }, { ...react(3, 'annie', '👍'), ...by }],
  );
  expect(marksOf(once.references).get(1)?.reactions).toEqual([
    { reaction: '👍', nicks: ['annie'] },
  ]);
  const no = append(once, { ...react(4, 'anna', '👍', 'unreact'), ...by });
  expect(marksOf(no.references).get(1)?.reactions).toEqual([]);
});

test('what changes a message is no row of its own', () => {
  const room = newRoom({ room: 'lobby', since: 0, seq: 3, members: 1 });
  const timeline = of(said(1), react(2, 'bob', '👍'), said(3));
  const rows = rowsOf({ ...room, timeline, mark: 3 }, () => 0);
  expect(rows.map((row) => (row.is === 'event' ? row.event.seq : row.is))).toEqual(['day', 1, 3]);
  expect(rows[1]).toMatchObject({ marks: { reactions: [{ nicks: ['bob'] }] } });
});
