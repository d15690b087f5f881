import { randomBytes } from 'node:crypto';
import { IRC_FRAME_BYTES, ircDialect } from '@partyline/gateway/irc';
import type { Locale } from '@partyline/protocol';
import { encodeLines, LineFramer } from '../framing/lines.ts';
import type { StreamDialect } from './stream-dialect.ts';

/** The IRC dialect as a stream of bytes carries it: a line each, ended by CR LF. */
export const ircOnStream = (locale: Locale): StreamDialect => ({
  dialect: ircDialect({ locale, frame: encodeLines, random: randomBytes, now: Date.now }),
  framer: () => new LineFramer(IRC_FRAME_BYTES),
});
