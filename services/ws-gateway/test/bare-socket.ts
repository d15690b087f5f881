import { once } from 'node:events';
import { type BlockList, connect, type Socket } from 'node:net';
import { addressRanges, createProxies } from '@partyline/service';
import { onTestFinished } from 'vitest';

/** The addresses from which tests come. */
const loopback = ['127.0.0.0/8', '::1'];

export const thisMachine = addressRanges(loopback) as BlockList;
export const proxiesHere = createProxies(loopback);

/** An upgrade as it stands on the wire (RFC 6455 §4.1). */
export const upgrade = (...headers: readonly string[]): string =>
  [
    'GET /ws HTTP/1.1',
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

/** The PROXY protocol's header, version 1, of a client at an address. */
export const proxied = (address: string): string => {
  const family = address.includes(':') ? 'TCP6' : 'TCP4';
  const own = family === 'TCP6' ? '::1' : '127.0.0.1';
  return `PROXY ${family} ${address} ${own} 4711 7010\r\n`;
};

/** A socket that has sent this, and is gone with the test. */
export const send = (port: number, bytes: string): Socket => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.write(bytes);
  return socket;
};

/** The first line of what is answered. */
export const status = async (socket: Socket): Promise<string> => {
  const [bytes] = await once(socket, 'data');
  return String(bytes).split('\r\n', 1)[0] ?? '';
};
