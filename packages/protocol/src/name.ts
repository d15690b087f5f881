import { fold } from './fold.ts';
import { limits } from './limits.ts';
import { type Problem, problem } from './problem.ts';
import { skeleton } from './skeleton.ts';

/**
 * Nicks follow PRECIS UsernameCaseMapped (RFC 8265 §3.3): letters, digits and marks of any script.
 * Of ASCII punctuation only what no wire gives a meaning of its own; a colon would split `c:NAME:TEXT`.
 */
const nickPattern = /^[\p{L}\p{Nd}\p{Mn}\p{Mc}_.[\]{}|^`\\-]+$/u;
const roomPattern = /^[\p{L}\p{Nd}\p{Mn}\p{Mc}_.-]+$/u;
/** Default-ignorable and Old Hangul Jamo code points, which RFC 8264 §9 disallows in identifiers. */
const invisible = /[\p{Default_Ignorable_Code_Point}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u;

/** Nicks that speak for the system; nobody may take them, or what looks like them. */
const reserved = new Set(['operator', 'server', 'system', 'partyline', 'nickserv'].map(skeleton));

/** The room everybody enters first. */
export const LOBBY = 'lobby';

/** Pair logs are named `~A~B`; no room that a person names can start so. */
const PAIR_MARK = '~';

const codePoints = (text: string): number => [...text].length;

/**
 * The form in which two nicks are compared. RFC 8265 asks for lower case, which would keep ß apart
 * from ss and ς from σ; folding makes them one nick.
 */
export const nickKey = fold;

/** What is wrong with a nick that somebody asks for, or undefined. */
export const nickProblem = (nick: string): Problem | undefined => {
  if (nick === '') return problem('nick-empty');
  if (codePoints(nick) > limits.nickCodePoints)
    return problem('nick-too-long', { limit: limits.nickCodePoints });
  const mapped = nick.normalize('NFKC');
  if (!nickPattern.test(mapped) || invisible.test(mapped)) return problem('nick-bad');
  if (reserved.has(skeleton(nick))) return problem('nick-reserved');
  return undefined;
};

const plainRoom = new RegExp(`^[a-z0-9_.-]{1,${limits.roomCodePoints}}$`);

/** A room's one spelling: without `#`, lower case, normalised; or what is wrong with it. */
export const roomName = (asked: string): string | Problem => {
  // Every message names a room, and most rooms are named so; the whole way takes ten times as long.
  if (plainRoom.test(asked)) return asked;
  const name = (asked.startsWith('#') ? asked.slice(1) : asked)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC');
  if (name === '') return problem('room-empty');
  if (codePoints(name) > limits.roomCodePoints)
    return problem('room-too-long', { limit: limits.roomCodePoints });
  if (!roomPattern.test(name) || invisible.test(name)) return problem('room-bad');
  return name;
};

/** The log that two persons share: the same name whoever asks. */
export const pairRoom = (a: string, b: string): string =>
  a < b ? `${PAIR_MARK}${a}${PAIR_MARK}${b}` : `${PAIR_MARK}${b}${PAIR_MARK}${a}`;

/** Before a nick, in place of a room's name: the log that whoever asks shares with that person. */
const WITH_MARK = '@';

/** The nick in `@NICK`; undefined when it is no such place. */
export const nickOfPlace = (place: string): string | undefined =>
  place.startsWith(WITH_MARK) ? place.slice(WITH_MARK.length) : undefined;

/** The place that nobody but somebody and whoever asks shares. */
export const placeWith = (nick: string): string => `${WITH_MARK}${nick}`;

/** The two persons of a pair's log. */
export const pairPersons = (room: string): readonly string[] => room.split(PAIR_MARK).slice(1);

/** Whether a room is the log of two persons. */
export const isPairRoom = (room: string): boolean => room.startsWith(PAIR_MARK);
