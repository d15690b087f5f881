import type { Card, Envelope, StreamLineOf } from '@partyline/protocol';

/** The nick under which this service speaks. */
export const NICK = 'dns';

/** What is said, in words and perhaps as a card. */
export type Said = { readonly text: string; readonly card?: Card };

/** What is said to a use of a slash command, in the room it was used in. */
export const saidTo = (
  { id, room, trace }: StreamLineOf<'invocation'>,
  said: Said,
  instance: string,
): Envelope => ({
  // The invocation's own id: told twice, it is answered once.
  ...{ id, session: instance },
  command: { type: 'announce', room, nick: NICK, ...said },
  ...(trace !== undefined && { trace }),
});
