import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openConnection } from './connection.ts';
import { publishPacket } from './mqtt.ts';
import { wires } from './wires.ts';

test('a WebSocket server reads the frames, short and long', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  try {
    await once(server, 'listening');
    const texts: string[] = [];
    const all = Promise.withResolvers<void>();
    server.on('connection', (socket) =>
      socket.on('message', (data) => {
        texts.push(String(data));
        if (texts.length === 3) all.resolve();
      }),
    );
    const { port } = server.address() as AddressInfo;
    const { greeting, say } = wires.websocket;
    const connection = await openConnection({
      target: { port },
      greeting: greeting(),
      onBytes: () => {},
      onEnd: () => {},
    });
    const said = ['hi', 'x'.repeat(126), 'y'.repeat(1_000)];
    connection.write(Buffer.concat(said.map(say)));
    await all.promise;
    expect(texts).toEqual(said);
  } finally {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

test('an MQTT packet over 127 bytes has its length in two', () => {
  const packet = publishPacket('bench', 'x'.repeat(200));
  expect([...packet.subarray(0, 5)]).toEqual([0x30, 0xcf, 0x01, 0, 5]);
  expect(packet).toHaveLength(3 + 207);
});
