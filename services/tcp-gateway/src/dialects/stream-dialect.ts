import type { Dialect } from '@partyline/gateway';
import type { Framer } from '../framing/framer.ts';

/** A dialect, and how its frames are found in a stream of bytes. */
export type StreamDialect = {
  readonly dialect: Dialect;
  /** A framer for one connection. */
  framer(): Framer;
};
