import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Ends a connection at once, what is queued is lost: by a reset, where the transport has one. */
export const cut = (socket: Socket): void => {
  const isPlainTcp = socket.remoteAddress !== undefined && !(socket instanceof TLSSocket);
  if (isPlainTcp) socket.resetAndDestroy();
  else socket.destroy();
};
