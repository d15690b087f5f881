import type { Locale } from '@partyline/protocol';
import type { Dialect, Renderer } from '../dialect.ts';
import { Client } from './client.ts';
import { IrcInterpreter } from './interpreter.ts';
import { createRenderers } from './renderers.ts';
import type { Tools } from './reply.ts';
import { texts } from './texts.ts';

/** What sets one use of the IRC dialect apart from another. */
export type IrcOptions = Tools & {
  readonly locale: Locale;
  /** Lines, without their ends, as bytes on the wire. */
  readonly frame: Renderer['encode'];
};

/** The dialect of IRC clients, as https://modern.ircdocs.horse and https://ircv3.net have it. */
export const ircDialect = ({ locale, frame, newId, now }: IrcOptions): Dialect => {
  const rendererFor = createRenderers(texts[locale], frame);
  return {
    name: 'irc',
    interpreter: () => new IrcInterpreter(new Client(locale), { newId, now }, rendererFor),
  };
};
