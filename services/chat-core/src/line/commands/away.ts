import { cleanText, limits, problem } from '@partyline/protocol';
import { setAway } from '../absence.ts';
import { actor, type Decider } from './asked.ts';

/** Somebody is there, but does not read; a word about why fits one line. */
export const away: Decider<'away'> = (asked) => {
  const session = actor(asked);
  if ('code' in session) return session;
  const text = cleanText(asked.command.text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  if ([...text].length > limits.awayCodePoints)
    return problem('text-too-long', { limit: limits.awayCodePoints });
  setAway(asked.draft, session, text);
  return { type: 'done' };
};

/** Somebody reads again. */
export const back: Decider<'back'> = (asked) => {
  const session = actor(asked);
  if ('code' in session) return session;
  setAway(asked.draft, session, null);
  return { type: 'done' };
};
