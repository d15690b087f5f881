import { randomBytes } from 'node:crypto';
import { ircDialect } from '@partyline/gateway/irc';
import type { Locale } from '@partyline/protocol';
import { encodeLines, LineFramer } from '../framing/lines.ts';
import type { StreamDialect } from './stream-dialect.ts';

/** A line and its tags: 512 and 8191 bytes (RFC 1459 §2.3, message-tags: "Size limit"). */
const FRAME_BYTES = 8_703;

/** The IRC dialect as a stream of bytes carries it: a line each, ended by CR LF. */
export const ircOnStream = (locale: Locale): StreamDialect => {
  const prefix = `~i${randomBytes(9).toString('base64url')}`;
  let ids = 0;
  const newId = (): string => `${prefix}${(ids++).toString(36)}`;
  return {
    dialect: ircDialect({ locale, frame: encodeLines, newId, now: Date.now }),
    framer: () => new LineFramer(FRAME_BYTES),
  };
};
