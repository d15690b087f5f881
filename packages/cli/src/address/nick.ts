import { limits, nickProblem } from '@partyline/protocol';

/** Tries at a free nick before a random one. */
const NUMBERED = 9;

/** The user's name as a nick. */
const fromUser = (user: string): string => {
  const nick = [...user.normalize('NFKC').replaceAll(/[^\p{L}\p{Nd}_.-]+/gu, '-')]
    .slice(0, limits.nickCodePoints - 5)
    .join('');
  return nickProblem(nick) === undefined ? nick : 'guest';
};

/** Nicks to try in turn: the one that was asked for alone, or the user's name with a number while it is taken. */
export const nicksToTry = (
  asked: string | undefined,
  user: string,
  random: () => number = Math.random,
): readonly string[] => {
  if (asked !== undefined) return [asked];
  const nick = fromUser(user);
  const numbered = Array.from({ length: NUMBERED - 1 }, (_, n) => `${nick}-${n + 2}`);
  return [nick, ...numbered, `${nick}-${Math.floor(1_000 + random() * 9_000)}`];
};
