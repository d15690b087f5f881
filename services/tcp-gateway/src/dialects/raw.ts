import { rawDialect } from '@partyline/gateway/raw';
import { type Locale, limits } from '@partyline/protocol';
import { encodeLines, LineFramer } from '../framing/lines.ts';
import type { StreamDialect } from './stream-dialect.ts';

/** The bare relay as a stream of bytes carries it. */
export const rawOnStream = (locale: Locale): StreamDialect => ({
  dialect: rawDialect({ locale, frame: encodeLines }),
  framer: () => new LineFramer(limits.frameBytes),
});
