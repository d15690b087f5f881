import { limits } from './limits.ts';
import { type Problem, problem } from './problem.ts';

/** C0 without TAB and LF, DEL, C1: they move cursors and split lines, and no message needs them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const lineEnds = /\r\n|[\r\u2028\u2029\u0085]/g;
const anyControl = /[^\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\uffff]/;

/** Text as it is kept: line ends as LF, no other control characters but TAB, well-formed UTF-16. */
export const cleanText = (text: string): string =>
  anyControl.test(text) ? text.toWellFormed().replace(lineEnds, '\n').replace(controls, '') : text;

/** Bidirectional overrides, embeddings and isolates (UAX #9), which could reorder a terminal's line. */
const bidi = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** Text that is safe on a terminal: no character that could reorder what stands around it. */
export const terminalText = (text: string): string => text.replace(bidi, '');

const hasMoreCodePoints = (text: string, limit: number): boolean =>
  text.length > limit && (text.length > 2 * limit || [...text].length > limit);

/** What is wrong with a cleaned reaction, or undefined. */
export const reactionProblem = (text: string): Problem | undefined =>
  text === '' || /\s/.test(text) || hasMoreCodePoints(text, limits.reactionCodePoints)
    ? problem('reaction-bad', { limit: limits.reactionCodePoints })
    : undefined;

/** What is wrong with a message's cleaned text, or undefined. */
export const textProblem = (text: string): Problem | undefined => {
  if (text.trim() === '') return problem('text-empty');
  if (hasMoreCodePoints(text, limits.textCodePoints))
    return problem('text-too-long', { limit: limits.textCodePoints });
  return undefined;
};

/** What is wrong with an id that a client chose for its message, or undefined; it needn't choose one. */
export const idProblem = (id: string | undefined): Problem | undefined =>
  id === undefined || (id !== '' && !hasMoreCodePoints(id, limits.idCodePoints))
    ? undefined
    : problem('id-bad', { limit: limits.idCodePoints });
