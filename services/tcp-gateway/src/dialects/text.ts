import { textDialect } from '@partyline/gateway/text';
import { type Locale, limits } from '@partyline/protocol';
import { encodeLines, LineFramer } from '../framing/lines.ts';
import { TelnetFramer } from '../framing/telnet.ts';
import type { StreamDialect } from './stream-dialect.ts';

/** The text dialect as a stream of bytes carries it, through telnet or without. */
export const textOnStream = (locale: Locale): StreamDialect => ({
  dialect: textDialect({ locale, frame: encodeLines }),
  framer: () => new TelnetFramer(new LineFramer(limits.frameBytes)),
});
