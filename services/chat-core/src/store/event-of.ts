import { type Event, quoted } from '@partyline/protocol';
import { isBot } from '../people/bot.ts';
import type { EventRow, Referred } from './rows.ts';

/** An entry of the log as it is told, with a quote of what it refers to, and the nick that its author has registered. */
export const eventOf = (
  { to, ref, mentions, card, ...event }: EventRow,
  referred: Pick<Referred, 'nick' | 'text'> | undefined,
  accountNick: string | undefined,
): Event => ({
  ...event,
  ...(accountNick !== undefined && { accountNick }),
  ...(isBot(event.person) && { bot: true }),
  ...(ref !== null && { ref }),
  ...(referred !== undefined && { quote: { nick: referred.nick, text: quoted(referred.text) } }),
  ...(mentions !== null && { mentions }),
  ...(card !== null && { card }),
  ...(to !== null && { to }),
});
