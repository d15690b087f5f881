import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { openSockets } from './sockets.ts';

const echo = async (type: 'udp4' | 'udp6', host: string, port: number): Promise<string> => {
  const client = createSocket(type);
  try {
    client.send('hi', port, host);
    const [answer] = await once(client, 'message');
    return String(answer);
  } finally {
    client.close();
  }
};

it('answers on every family the machine has, by the socket that was asked', async () => {
  await using sockets = await openSockets(0);
  sockets.receive(
    (datagram, source, reply) => reply(Buffer.from(`${source.family}:${datagram}`)),
    (error) => expect.fail(error.message),
  );
  expect(await echo('udp4', '127.0.0.1', sockets.port)).toBe('IPv4:hi');
  if (sockets.families.includes('IPv6'))
    expect(await echo('udp6', '::1', sockets.port)).toBe('IPv6:hi');
});

it('says which port is taken', async () => {
  await using sockets = await openSockets(0);
  await expect(openSockets(sockets.port)).rejects.toMatchObject({
    ...{ code: 'EADDRINUSE', syscall: 'bind', port: sockets.port },
  });
});
