import type { Dialect, Renderer } from '../dialect.ts';
import { createIds } from '../new-id.ts';
import type { RandomBytes } from '../token.ts';
import { type Parts, SocketIoInterpreter } from './interpreter.ts';
import { createRenderers } from './renderers.ts';

/** What sets one use of the Socket.IO dialect apart from another. */
export type SocketIoOptions = Pick<Parts, 'locale' | 'now'> & {
  /** Socket.IO packets as bytes on the wire. */
  readonly frame: Renderer['encode'];
  readonly random: RandomBytes;
};

/**
 * The dialect of Socket.IO clients: the Socket.IO protocol, revision 5 (that of `socket.io` 3 and 4),
 * in its one namespace. Whatever carries packets is outside, attachments are not taken.
 */
export const socketIoDialect = ({ frame, random, locale, now }: SocketIoOptions): Dialect => {
  const renderers = createRenderers(locale, frame);
  const parts: Parts = { locale, now, renderers, newId: createIds(random) };
  return { name: 'socket.io', interpreter: () => new SocketIoInterpreter(parts) };
};
