import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { listenToFeed } from './listen.ts';

const quiet = { wants: () => true, onNews: () => {} };

/** The sockets that keep the process from ending. */
const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((it) => it === 'UDPWrap').length;

it('leaves no socket open when the port can’t be listened at', async () => {
  const before = openSockets();
  const taken = createSocket('udp4').bind(0, '239.77.7.1');
  await once(taken, 'listening');
  const { port } = taken.address();
  await expect(listenToFeed({ ...quiet, port, groups: ['239.77.7.1'] })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  taken.close();
  await expect.poll(openSockets).toBe(before);
});

it('leaves no socket open when it is over', async () => {
  const before = openSockets();
  const feed = await listenToFeed({ ...quiet, port: 0, groups: ['239.77.7.1'] });
  expect(openSockets()).toBeGreaterThan(before);
  await feed[Symbol.asyncDispose]();
  await expect.poll(openSockets).toBe(before);
});
