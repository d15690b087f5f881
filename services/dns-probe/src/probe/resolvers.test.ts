import { expect, it } from 'vitest';
import { type Reply, startDnsServer } from '../../test/dns-server.ts';
import { createResolvers } from './resolvers.ts';

const resolversAt = (address: string) =>
  createResolvers({ servers: [address], timeoutMs: 300, now: () => performance.now() });

it.each<[string, Reply, object]>([
  [
    'addresses',
    { addresses: ['192.0.2.1', '192.0.2.2'] },
    { result: 'found', records: ['192.0.2.1', '192.0.2.2'] },
  ],
  ['NXDOMAIN', { rcode: 3 }, { result: 'nxdomain' }],
  ['no such record', { addresses: [] }, { result: 'no-data' }],
  ['SERVFAIL', { rcode: 2 }, { result: 'servfail' }],
  ['REFUSED', { rcode: 5 }, { result: 'refused' }],
  ['nothing', 'silence', { result: 'timeout' }],
])('tells when a DNS server says %s', async (_what, reply, answer) => {
  await using server = await startDnsServer(() => reply);
  using resolvers = resolversAt(server.address);
  expect(await resolvers.resolve('a.example', 'A')).toMatchObject({
    ...answer,
    ms: expect.any(Number),
  });
});

it('asks DNS for the very name, without search domains', async () => {
  const asked: string[] = [];
  await using server = await startDnsServer((name) => {
    asked.push(name);
    return { rcode: 3 };
  });
  using resolvers = resolversAt(server.address);
  await resolvers.resolve('short', 'A');
  expect(new Set(asked)).toEqual(new Set(['short']));
});

it('looks names up in the system’s way, the hosts file included', async () => {
  using resolvers = resolversAt('127.0.0.1:1');
  const answer = await resolvers.lookup('localhost', ['A']);
  expect(answer).toMatchObject({ result: 'found', records: ['127.0.0.1'] });
});
