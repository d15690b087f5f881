import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { LAN_GROUPS } from '@partyline/lan';
import { afterEach, expect, test } from 'vitest';
import { discover } from '../src/discovery/discover.ts';

const cleanup: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanup.splice(0)) clean();
});

const lab = { name: 'Lab', version: '1', endpoints: ['json+tcp://lab:7002'] };
const stop = new AbortController().signal;

/** A server that answers questions, but for the first so many; resolves to its port. */
const answering = async (deafTo: number): Promise<number> => {
  const socket = createSocket('udp4');
  cleanup.push(() => socket.close());
  let asked = 0;
  socket.on('message', (datagram, { port, address }) => {
    asked += 1;
    if (asked <= deafTo || JSON.parse(String(datagram)).type !== 'discover') return;
    socket.send('garbage', port, address);
    socket.send(JSON.stringify({ type: 'partyline', ...lab }), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket.address().port;
};

test('garbage is passed over, a lost question is asked again, and who answers is found once', async () => {
  const port = await answering(1);
  const found = await discover({ host: '127.0.0.1', port, waitMs: 600, stop });
  expect(found).toEqual([{ ...lab, from: ['127.0.0.1'] }]);
});

test('where nobody answers, nothing is found when the time is over', async () => {
  const port = await answering(Number.POSITIVE_INFINITY);
  expect(await discover({ host: '127.0.0.1', port, waitMs: 50, stop })).toEqual([]);
});

test('a server that only announces itself to the group is found too', async () => {
  const port = await answering(Number.POSITIVE_INFINITY);
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  cleanup.push(() => server.close());
  await once(server, 'listening');
  server.setMulticastInterface('127.0.0.1');
  const announcement = JSON.stringify({ type: 'partyline', ...lab });
  const timer = setInterval(() => server.send(announcement, port, LAN_GROUPS[0]), 50);
  cleanup.unshift(() => clearInterval(timer));
  const end = new AbortController();
  const found = Promise.withResolvers<string>();
  const looking = discover({
    ...{ port, waitMs: 60_000, stop: end.signal },
    onFound: ({ name }) => found.resolve(name),
  });
  expect(await found.promise).toBe('Lab');
  end.abort(new Error('over'));
  await expect(looking).rejects.toThrow('over');
});
