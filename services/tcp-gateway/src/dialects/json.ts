import { jsonDialect } from '@partyline/gateway/json';
import { type Locale, limits } from '@partyline/protocol';
import { encodeLines, LineFramer } from '../framing/lines.ts';
import type { StreamDialect } from './stream-dialect.ts';

/** The json dialect as a stream of bytes carries it: one object a line. */
export const jsonOnStream = (locale: Locale): StreamDialect => ({
  dialect: jsonDialect({ locale, frame: encodeLines }),
  framer: () => new LineFramer(limits.frameBytes),
});
