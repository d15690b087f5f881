import type { Socket, Transport } from 'engine.io';
import type { WebSocket } from 'ws';

// What Engine.IO's sockets have and their type declarations keep private. All use of it is here;
// the version is exact, and the tests of real clients would notice.

/** Options of a packet whose WebSocket frames are made already; socket.io's own broadcasts use them. */
type FramedOptions = {
  readonly compress: boolean;
  readonly wsPreEncodedFrame: readonly Uint8Array[];
};

type Inside = {
  readonly id: string;
  readonly pingTimeoutTimer: NodeJS.Timeout | null;
  sendPacket(type: 'ping'): void;
  write(data: string, options: FramedOptions, callback: () => void): void;
};

const inside = (socket: Socket): Inside => socket as unknown as Inside;

/** The id of a socket's session, by which its client says whose a request is. */
export const idOf = (socket: Socket): string => inside(socket).id;

/** The WebSocket of a transport, unless it is polling. */
export const webSocketOf = (transport: Transport): WebSocket | undefined =>
  transport.name === 'websocket'
    ? (transport as unknown as { readonly socket: WebSocket }).socket
    : undefined;

/** Sends finished WebSocket frames in their turn. Only while the transport is a WebSocket. */
export const writeFrames = (socket: Socket, frames: Uint8Array, onTaken: () => void): void => {
  inside(socket).write('', { compress: false, wsPreEncodedFrame: [frames] }, onTaken);
};

/**
 * Does what answers of a client would do whose answers can't be read now: the next ping goes out,
 * and the client is not taken for gone.
 */
export const keepAlive = (socket: Socket): void => {
  if (socket.readyState !== 'open') return;
  inside(socket).sendPacket('ping');
  inside(socket).pingTimeoutTimer?.refresh();
};
