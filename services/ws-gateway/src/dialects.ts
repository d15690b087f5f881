import { randomBytes } from 'node:crypto';
import type { Dialect } from '@partyline/gateway';
import { ircDialect } from '@partyline/gateway/irc';
import { jsonDialect } from '@partyline/gateway/json';
import type { Locale } from '@partyline/protocol';
import { binaryFrames, textFrames } from './frames.ts';
import type { Subprotocol } from './routing.ts';

/** What each subprotocol speaks, one message a frame; IRC's are those of https://ircv3.net/specs/extensions/websocket. */
export const createDialects = (locale: Locale): Readonly<Record<Subprotocol, Dialect>> => {
  const irc = { locale, random: randomBytes, now: Date.now };
  return {
    'partyline.v1': jsonDialect({ locale, frame: textFrames }),
    'text.ircv3.net': ircDialect({ ...irc, frame: textFrames }),
    'binary.ircv3.net': ircDialect({ ...irc, frame: binaryFrames }),
  };
};
