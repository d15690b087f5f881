import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

// A frame is built once and written to each client's socket, past `ws`.
const server = new WebSocketServer({ port: Number(process.argv[2]), host: '127.0.0.1' });
const sockets = new Set<Duplex>();

/** A server's text frame of at most 125 bytes (RFC 6455, 5.2). */
const frame = (body: Buffer): Buffer => Buffer.concat([Buffer.from([0x81, body.length]), body]);

server.on('connection', (client, { socket }) => {
  sockets.add(socket);
  client.on('close', () => sockets.delete(socket));
  client.on('message', (data: Buffer) => {
    const bytes = frame(data);
    for (const it of sockets) it.write(bytes);
  });
});
