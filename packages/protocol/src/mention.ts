import { limits } from './limits.ts';

/** Of scripts that are written without spaces between words, or in which particles follow a name. */
const dense =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}ー';
const isDense = new RegExp(`[${dense}]`, 'u');

/** `@` and what may be a nick; not within a word, as in an address of e-mail. */
const mention = new RegExp(
  `(?<!(?![${dense}])[\\p{L}\\p{Nd}\\p{M}_.])@([\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}_.[\\]{}|^\`\\\\-]{1,64})`,
  'gu',
);
/** What a nick may end with, and a sentence too. */
const ending = /[.[\]{}|^`\\-]+$/;

/** Where else a nick may end: before or behind a letter of such a script, the longest first. */
const shorterIn = (run: string): readonly string[] => {
  const letters = [...run].slice(0, limits.nickCodePoints + 1);
  return letters
    .flatMap((letter, index) =>
      index > 0 && (isDense.test(letter) || isDense.test(letters[index - 1] ?? ''))
        ? letters.slice(0, index).join('')
        : [],
    )
    .reverse();
};

/**
 * The nicks that a text may mention, in order, each with its possible spellings, the longest first:
 * `@bob.` can be `bob.` or `bob`, `@小明你好` can be `小明`, and `@bobby` is nobody but `bobby`. Only
 * the first `limits.mentions` are looked at.
 */
export const mentionable = (text: string): readonly (readonly string[])[] => {
  if (!text.includes('@')) return [];
  return Array.from(text.matchAll(mention).take(limits.mentions), ([, nick = '']) => [
    ...new Set([nick, nick.replace(ending, ''), ...shorterIn(nick)].filter((it) => it !== '')),
  ]);
};
