import { limits } from './limits.ts';

/** `@` and what may be a nick; not within a word, as in an address of e-mail. */
const mention = /(?<![\p{L}\p{Nd}\p{M}_.])@([\p{L}\p{Nd}\p{Mn}\p{Mc}_.[\]{}|^`\\-]{1,64})/gu;
/** What a nick may end with, and a sentence too. */
const ending = /[.[\]{}|^`\\-]+$/;

/**
 * The nicks that a text may mention, in order, each with its possible spellings, the longest first:
 * `@bob.` can be `bob.` or `bob`. Only the first `limits.mentions` are looked at.
 */
export const mentionable = (text: string): readonly (readonly string[])[] => {
  if (!text.includes('@')) return [];
  return Array.from(text.matchAll(mention).take(limits.mentions), ([, nick = '']) => {
    const shorter = nick.replace(ending, '');
    return shorter === nick || shorter === '' ? [nick] : [nick, shorter];
  });
};
