import { randomBytes } from 'node:crypto';
import type { Dialect } from '@partyline/gateway';
import { ircDialect } from '@partyline/gateway/irc';
import { jsonDialect } from '@partyline/gateway/json';
import type { Locale } from '@partyline/protocol';
import { binaryFrames, deflatedTextFrames, textFrames } from './frames.ts';
import type { Subprotocol } from './routing.ts';

/** The dialect of a connection, by its subprotocol and whether what it is sent may be compressed. */
export type DialectOf = (subprotocol: Subprotocol, mayDeflate: boolean) => Dialect;

/** What each subprotocol speaks, one message a frame; IRC's are those of https://ircv3.net/specs/extensions/websocket. */
export const createDialects = (locale: Locale, deflateBytes: number): DialectOf => {
  const irc = { locale, random: randomBytes, now: Date.now };
  const deflated = jsonDialect({ locale, frame: deflatedTextFrames(deflateBytes) });
  const dialects: Readonly<Record<Subprotocol, Dialect>> = {
    'partyline.v1': jsonDialect({ locale, frame: textFrames }),
    'text.ircv3.net': ircDialect({ ...irc, frame: textFrames }),
    'binary.ircv3.net': ircDialect({ ...irc, frame: binaryFrames }),
  };
  return (subprotocol, mayDeflate) =>
    mayDeflate && subprotocol === 'partyline.v1' ? deflated : dialects[subprotocol];
};
