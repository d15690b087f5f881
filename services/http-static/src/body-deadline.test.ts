import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { limitBodies } from './body-deadline.ts';

test('cuts who sends a body by drops, but not who uploads a file', async () => {
  await using site = fastify();
  limitBodies(site, 200);
  site.post('/said', async ({ body }) => body);
  site.post('/file', { config: { endless: true } }, async ({ body }) => body);
  const { port } = new URL(await site.listen({ host: '127.0.0.1', port: 0 }));
  const post = (path: string): Socket => {
    const socket = connect(Number(port), '127.0.0.1');
    const head = ['Host: x', 'Connection: close', 'Content-Type: text/plain', 'Content-Length: 4'];
    socket.write(`POST ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\nha`);
    return socket;
  };
  const file = post('/file');
  const said = post('/said').resume();
  await once(said, 'close');
  file.write('lf');
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk);
  expect(String(Buffer.concat(chunks))).toMatch(/^HTTP\/1.1 200 [\s\S]*half$/);
});
