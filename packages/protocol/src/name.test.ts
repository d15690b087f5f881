import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { isPairRoom, nickKey, nickProblem, pairRoom, roomName } from './name.ts';
import { isProblem } from './validate.ts';

test.each(['ada', 'Ada_Lovelace', '小明', 'Zoë', 'a-b.c[d]{e}|f^g`h\\', 'नमस्ते', '42', '𝕏'])(
  'takes %s for a nick',
  (nick) => {
    expect(nickProblem(nick)).toBeUndefined();
  },
);

test.each([
  ['', 'nick-empty'],
  ['x'.repeat(limits.nickCodePoints + 1), 'nick-too-long'],
  ['two words', 'nick-bad'],
  ['a:b', 'nick-bad'],
  ['a@b', 'nick-bad'],
  ['~a', 'nick-bad'],
  ['#a', 'nick-bad'],
  ['a\u0000b', 'nick-bad'],
  ['a\r\nb', 'nick-bad'],
  ['a\u200bb', 'nick-bad'],
  ['a\u202eb', 'nick-bad'],
  ['a\u3164', 'nick-bad'],
  ['😀', 'nick-bad'],
  ['server', 'nick-reserved'],
  ['ＳＥＲＶＥＲ', 'nick-reserved'],
])('refuses %j as a nick: %s', (nick, code) => {
  expect(nickProblem(nick)).toMatchObject({ code });
});

test('takes a nick of as many characters as the limit says, not UTF-16 code units', () => {
  expect(nickProblem('𠀀'.repeat(limits.nickCodePoints))).toBeUndefined();
});

test.each([
  ['Ada', 'aDA'],
  ['Ａda', 'ada'],
  ['Zoe\u0308', 'ZOË'],
  ['ﬁn', 'FIN'],
  ['straße', 'STRASSE'],
  ['STRAẞE', 'strasse'],
  ['ſam', 'SAM'],
  ['Οδυσσεύς', 'ΟΔΥΣΣΕΎΣ'],
  ['σσ', 'σς'],
  ['İpek', 'i\u0307pek'],
  ['ᾳ', 'ΑΙ'],
])('holds %s and %s for the same nick', (one, other) => {
  expect(nickKey(one)).toBe(nickKey(other));
});

test('keeps the dotless i a letter of its own', () => {
  expect(nickKey('ısı')).not.toBe(nickKey('isi'));
});

test('folds every character that differs in case alone, and what is folded once for all', () => {
  for (let point = 0; point < 0x2_0000; point += 1) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const character = String.fromCodePoint(point);
    const key = nickKey(character);
    if (nickKey(key) !== key) expect.fail(`U+${point.toString(16)} is not folded at once`);
    for (const other of [character.toLowerCase(), character.toUpperCase()]) {
      if (other === character || nickKey(other) === key) continue;
      if (new RegExp(`^${RegExp.escape(other)}$`, 'iu').test(character))
        expect.fail(`U+${point.toString(16)} is not ${other}`);
    }
  }
});

test('spells a room in one way', () => {
  for (const asked of ['tea', '#tea', 'TEA', '#Ｔea']) expect(roomName(asked)).toBe('tea');
});

test.each([
  ['', 'room-empty'],
  ['#', 'room-empty'],
  ['x'.repeat(limits.roomCodePoints + 1), 'room-too-long'],
  ['a b', 'room-bad'],
  ['a/b', 'room-bad'],
  ['##a', 'room-bad'],
  ['~a~b', 'room-bad'],
  ['a\u200db', 'room-bad'],
])('refuses %j as a room: %s', (asked, code) => {
  expect(roomName(asked)).toMatchObject({ code });
});

test('gives two persons one log, whoever asks, which nobody can ask for as a room', () => {
  expect(pairRoom('a', 'b')).toBe(pairRoom('b', 'a'));
  expect(isPairRoom(pairRoom('a', 'b'))).toBe(true);
  expect(isPairRoom('lobby')).toBe(false);
});

property.prop([fc.string({ unit: 'binary', maxLength: 40 })], { numRuns: 1_000 })(
  'a room name that was taken is taken again as it is, and is never a pair’s',
  (asked) => {
    const name = roomName(asked);
    if (isProblem(name)) return;
    expect(roomName(name)).toBe(name);
    expect(isPairRoom(name)).toBe(false);
  },
);

property.prop([fc.string({ unit: 'binary', maxLength: 40 })], { numRuns: 1_000 })(
  'a nick’s key is its own key, and a nick that is taken can be told on every wire',
  (nick) => {
    expect(nickKey(nickKey(nick))).toBe(nickKey(nick));
    if (nickProblem(nick) === undefined) expect(nick).not.toMatch(/[\s:,@!*?#~&/"'\p{C}]/u);
  },
);
