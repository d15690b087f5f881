import { fc, test as prop } from '@fast-check/vitest';
import {
  type EventFrame,
  newLine,
  type Outgoing,
  type ServerFrame,
  type Talk,
  talking,
} from '@partyline/client';
import { expect, test } from 'vitest';
import { screenTexts } from '../text/screen-texts.ts';
import { emptyEditor, insert } from './editor.ts';
import { bodyHeight, conversationLines, layout, type Size } from './layout.ts';
import { lineWidth } from './line.ts';
import type { Model } from './model.ts';
import { atEnd, scrollBy } from './scroll.ts';

const noon = new Date(2026, 0, 31, 12, 0).getTime();
const texts = screenTexts.en;

const login: ServerFrame = {
  ...{ type: 'login', success: true, nickname: 'ann', session: 's', resume: 't' },
  ...{ resumed: false, epoch: 'e', sumUsers: 2 },
  rooms: [{ room: 'lobby', seq: 0, since: 0, members: 2, topic: 'Tea at four' }],
};

const said = (seq: number, nickname: string, message: string, more: object = {}): EventFrame => ({
  ...{ type: 'broadcast', nickname, message, room: 'lobby', seq, at: noon, id: `i${seq}` },
  ...more,
});

const heard = (...frames: readonly ServerFrame[]): Talk =>
  frames.reduce<Talk>(
    (talk, frame, index) =>
      talking.hear(talk, frame, {
        ...{ now: noon, key: `k${index}`, watching: true, remembered: undefined },
      }),
    talking.noTalk,
  );

const modelOf = (talk: Talk, more: Partial<Model> = {}): Model => ({
  talk,
  line: {
    ...newLine(),
    nick: 'ann',
    ticket: { token: 't', session: 's', epoch: 'e' },
    phase: { is: 'in', attempt: 0, asked: false },
  },
  editor: emptyEditor,
  scroll: atEnd,
  where: 'json+tcp://localhost:7002',
  typing: [],
  prompt: undefined,
  now: noon,
  ...more,
});

/** The screen as a reader sees it, without the spaces at the ends of lines. */
const shown = (model: Model, columns: number, rows: number): string =>
  layout(model, { columns, rows }, texts)
    .lines.map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');

const outgoing = (text: string, state: Outgoing['state']): Outgoing => ({
  ...{ id: text, to: { room: 'lobby' }, text, kind: 'message', at: noon, state },
});

test('a room is shown with its topic, its people, what was said, and what is being written', () => {
  const talk = heard(
    login,
    said(1, 'bob', 'hello'),
    said(2, 'bob', 'are you there?'),
    said(3, 'ann', '在这里', { ref: 2, quote: { nickname: 'bob', message: 'are you there?' } }),
    { ...said(4, 'bob', ''), type: 'react', ref: 3, reaction: '👍' } as EventFrame,
  );
  const model = modelOf(talk, { editor: insert(emptyEditor, 'wha') });
  expect(shown(model, 60, 11)).toBe(
    ` #lobby  Tea at four                        2 people ·  ann

 This is the beginning.
────────────────────────── Today ───────────────────────────
 12:00      bob │ hello
                │ are you there?
                │ ↳ bob: are you there?
 12:00      ann │ 在这里
                │ 👍 1
 #lobby
ann › wha`,
  );
});

test('what is not stored yet stands at the end, and why it was refused', () => {
  const line = {
    ...modelOf(talking.noTalk).line,
    outgoing: [
      outgoing('on its way', { is: 'sent' }),
      outgoing('loud', { is: 'refused', code: 'muted', message: 'You are muted.' }),
    ],
  };
  expect(shown(modelOf(heard(login), { line }), 60, 7)).toBe(
    ` #lobby  Tea at four                        2 people ·  ann
 This is the beginning.
 …          ann │ on its way
 …          ann │ loud
              ! │ not sent: You are muted. (/again or /drop)
 #lobby
ann ›`,
  );
});

test('while the connection is away, it is said calmly, with how much waits', () => {
  const line = {
    ...modelOf(talking.noTalk).line,
    phase: { is: 'waiting', attempt: 1 } as const,
    outgoing: [outgoing('hi', { is: 'kept' })],
  };
  expect(shown(modelOf(heard(login), { line }), 80, 6)).toContain(
    ' Reconnecting … What you write is kept, and sent then. (1 not sent yet)',
  );
});

test('other conversations are listed with the number of their news', () => {
  const psst: ServerFrame = {
    ...{ type: 'p2p', from: 'bob', to: 'ann', message: 'psst' },
    ...{ room: '~A~B', seq: 1, at: noon, id: 'p' },
  };
  const model = modelOf(heard(login, psst));
  expect(shown(model, 60, 6)).toContain('\n #lobby  @bob 1');
  expect(shown(model, 90, 6)).toContain('\n @bob 1           │');
});

test('who looks further up stays there while more is said, and is told of it', () => {
  const many = Array.from({ length: 50 }, (_, n) => said(n + 1, `bob${n}`, `message ${n + 1}`));
  const size: Size = { columns: 60, rows: 13 };
  const before = modelOf(heard(login, ...many));
  const scroll = scrollBy(conversationLines(before, size, texts), bodyHeight(size), atEnd, -20);
  const scrolled = { ...before, scroll };
  const talk = talking.hear(before.talk, said(51, 'eve', 'new'), {
    ...{ now: noon, key: 'x', watching: false, remembered: undefined },
  });
  const body = (text: string): string => text.split('\n').slice(1, -2).join('\n');
  const after = shown({ ...scrolled, talk }, 60, 13);
  expect(body(after)).toBe(body(shown(scrolled, 60, 13)));
  expect(after).toContain('1 new below');
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '好', '👩‍👩‍👧', '\u202e', '\u001b'),
    maxLength: 50,
  }),
);
const size = fc.record({
  columns: fc.integer({ min: 1, max: 140 }),
  rows: fc.integer({ min: 1, max: 40 }),
});

prop.prop([fc.array(fc.tuple(anyText, anyText), { maxLength: 12 }), anyText, size])(
  'whatever people are called and say, every line takes exactly the width, and nothing moves the cursor',
  (all, topic, its) => {
    const events = all.map(([nick, message], index) => said(index + 1, nick, message));
    const topical = { ...login, rooms: [{ ...login.rooms[0], topic }] } as ServerFrame;
    const { lines, cursor } = layout(modelOf(heard(topical, ...events)), its, texts);
    expect(lines).toHaveLength(its.rows);
    for (const line of lines) {
      expect(lineWidth(line)).toBe(its.columns);
      const text = line.map((it) => it.text).join('');
      expect(text).not.toMatch(/[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u);
    }
    expect(cursor.row).toBeLessThan(its.rows);
    expect(cursor.column).toBeLessThan(its.columns);
  },
);
