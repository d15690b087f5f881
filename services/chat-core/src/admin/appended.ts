import type { Outcome } from '@partyline/protocol';
import { type Static, Type } from 'typebox';
import { Milliseconds } from './api.ts';

/** Where something that was said or done stands in its room's log. */
export const Appended = Type.Object(
  { room: Type.String(), seq: Type.Integer(), at: Milliseconds('When') },
  { examples: [{ room: 'lobby', seq: 42, at: 1_700_000_000_000 }] },
);

export const appended = (it: Outcome): Static<typeof Appended> => {
  if (it.type !== 'published') throw new Error(`something was appended, and ${it.type}`);
  return { room: it.room, seq: it.seq, at: it.at };
};
