import type { Locale } from '@partyline/protocol';
import type { Dialect, Renderer } from '../dialect.ts';
import { createIds } from '../new-id.ts';
import type { RandomBytes } from '../token.ts';
import { Client } from './client.ts';
import { IrcInterpreter } from './interpreter.ts';
import { createRenderers } from './renderers.ts';
import { texts } from './texts.ts';

/** A line and its tags: 512 and 8191 bytes (RFC 1459 §2.3, message-tags: "Size limit"). */
export const IRC_FRAME_BYTES = 8_703;

/** What sets one use of the IRC dialect apart from another. */
export type IrcOptions = {
  readonly locale: Locale;
  readonly random: RandomBytes;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Lines, without their ends, as bytes on the wire. */
  readonly frame: Renderer['encode'];
};

/** The dialect of IRC clients, as https://modern.ircdocs.horse and https://ircv3.net have it. */
export const ircDialect = ({ locale, frame, random, now }: IrcOptions): Dialect => {
  const tools = { newId: createIds(random), now };
  const rendererFor = createRenderers(texts[locale], frame);
  return {
    name: 'irc',
    interpreter: () => new IrcInterpreter(new Client(locale), tools, rendererFor),
  };
};
