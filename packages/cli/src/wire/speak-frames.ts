import type { Socket } from 'node:net';
import {
  COMING_BACK,
  type Connection,
  type DialEvents,
  parseFrame,
  SUBPROTOCOL,
} from '@partyline/client';
import { WebSocket } from 'ws';
import type { Address } from '../address/address.ts';

/** Longer than any message of the server. */
const MESSAGE_BYTES = 8 * 1024 * 1024;

const urlOf = ({ host, port, path }: Extract<Address, { over: 'ws' | 'wss' }>): string =>
  `ws://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;

/** Speaks json over WebSocket on an open stream, which TLS, where it is asked for, is part of. */
export const speakFrames = (
  socket: Socket,
  address: Extract<Address, { over: 'ws' | 'wss' }>,
  { opened, heard, closed }: DialEvents,
): Connection => {
  let reason = '';
  const websocket = new WebSocket(urlOf(address), SUBPROTOCOL, {
    createConnection: () => socket,
    maxPayload: MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  websocket.on('open', opened);
  websocket.on('message', (data) => {
    const frame = parseFrame(String(data));
    if (frame !== undefined) heard(frame);
  });
  websocket.on('error', (error) => {
    reason = error.message;
  });
  websocket.on('close', (code, said) => closed({ code, reason: String(said) || reason }));
  return {
    send: (frame) => {
      if (websocket.readyState === WebSocket.OPEN) websocket.send(JSON.stringify(frame));
    },
    hangUp: () => {
      if (websocket.readyState === WebSocket.OPEN) websocket.close(COMING_BACK);
      else websocket.terminate();
    },
  };
};
