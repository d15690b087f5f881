import { limits } from './limits.ts';

/** One code point more than is quoted, so that it shows whether there is more. */
export const BEGINNING_CODE_POINTS = limits.quoteCodePoints + 1;

const beginning = (text: string, codePoints: number): string =>
  text.length <= codePoints
    ? text
    : [...text.slice(0, 2 * codePoints)].slice(0, codePoints).join('');

/** As much of a text as a quote of it is made from. */
export const beginningOf = (text: string): string => beginning(text, BEGINNING_CODE_POINTS);

/** A text as it is quoted: its beginning on one line. */
export const quoted = (text: string): string => {
  const short = beginning(text, limits.quoteCodePoints);
  const line = short.replace(/\s+/g, ' ').trim();
  return short === text ? line : `${line}…`;
};
