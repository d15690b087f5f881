import type { ServerAnswer } from '@partyline/protocol';
import packet from 'dns-packet';
import { expect, it } from 'vitest';
import { type Reply, startDnsServer } from '../../test/dns-server.ts';
import { serverAnswer } from '../probe/server-answer.ts';
import { exchange } from './exchange.ts';
import { readServer } from './server.ts';

const TIMEOUT_MS = 400;
const a = (name: string, data: string) => ({ name, type: 'A', data });
const alias = (name: string, data: string) => ({ name, type: 'CNAME', data });
const soa = {
  ...{ name: 'example', type: 'SOA', ttl: 600 },
  data: {
    ...{ mname: 'ns.example', rname: 'root.example', serial: 42 },
    ...{ refresh: 1, retry: 1, expire: 1, minimum: 30 },
  },
};

/** A reply to the query, but for what is changed in it. */
const forged =
  (change: (message: Record<string, unknown>) => Record<string, unknown>) =>
  (query: Buffer): Buffer => {
    const { id, questions } = packet.decode(query);
    const answers = [{ ...a('a.example', '192.0.2.66'), class: 'IN', ttl: 60 }];
    return packet.encode(
      change({ type: 'response', id, questions, answers, flags: 0x80 }) as never,
    );
  };
const honest = (query: Buffer): Buffer =>
  packet.encode({
    ...{ type: 'response', flags: packet.RECURSION_AVAILABLE },
    ...{ id: packet.decode(query).id ?? 0, questions: packet.decode(query).questions ?? [] },
    answers: [{ name: 'a.example', type: 'A', class: 'IN', ttl: 60, data: '192.0.2.1' }],
  });

const ask = async (reply: Reply, overTcp = reply): Promise<ServerAnswer> => {
  await using server = await startDnsServer((_name, _type, over) =>
    over === 'udp' ? reply : overTcp,
  );
  const at = readServer(server.address);
  if (at === undefined) throw new Error(`${server.address} is no address of a server`);
  const question = { name: 'a.example', type: 'A' } as const;
  return serverAnswer('a.example', 'A', await exchange(at, question, TIMEOUT_MS), 1);
};

it.each<[string, Reply, object]>([
  [
    'addresses',
    { addresses: ['192.0.2.1', '192.0.2.2'] },
    { result: 'found', records: ['192.0.2.1', '192.0.2.2'], ttl: 60, flags: ['ra'], via: 'udp' },
  ],
  [
    'addresses of its own zone',
    { records: [a('a.example', '192.0.2.1')], authoritative: true },
    { result: 'found', flags: ['aa', 'ra'] },
  ],
  [
    'an alias',
    {
      records: [
        alias('a.example', 'B.example'),
        alias('b.example', 'c.example'),
        a('c.example', '192.0.2.1'),
      ],
    },
    { result: 'found', aliases: ['b.example', 'c.example'], records: ['192.0.2.1'] },
  ],
  [
    'an alias of nothing',
    { records: [alias('a.example', 'b.example')] },
    { result: 'no-data', aliases: ['b.example'] },
  ],
  [
    'aliases in a circle',
    { records: [alias('a.example', 'b.example'), alias('b.example', 'a.example')] },
    { result: 'alias-loop' },
  ],
  [
    'aliases without an end',
    {
      records: Array.from({ length: 40 }, (_, i) =>
        alias(i === 0 ? 'a.example' : `${i}.example`, `${i + 1}.example`),
      ),
    },
    { result: 'alias-loop', aliases: { length: 16 } },
  ],
  ['records of other names', { records: [a('evil.example', '192.0.2.66')] }, { result: 'no-data' }],
  [
    'NXDOMAIN, and for how long',
    { rcode: 3, authorities: [soa] },
    { result: 'nxdomain', ttl: 30, serial: 42 },
  ],
  ['no such record', { addresses: [] }, { result: 'no-data' }],
  ['SERVFAIL', { rcode: 2 }, { result: 'servfail' }],
  ['REFUSED', { rcode: 5 }, { result: 'refused' }],
  ['NOTIMP', { rcode: 4 }, { result: 'failed' }],
  ['nothing', 'silence', { result: 'timeout' }],
  ['garbage', () => [Buffer.from('garbage')], { result: 'timeout' }],
])('tells when a server says %s', async (_what, reply, answer) => {
  expect(await ask(reply)).toMatchObject(answer);
});

it('asks over TCP what does not fit a datagram', async () => {
  const many = Array.from({ length: 200 }, (_, i) => a('a.example', `192.0.2.${i}`));
  const answer = await ask({ records: many, truncated: true });
  expect(answer).toMatchObject({ result: 'found', via: 'tcp', records: { length: 200 } });
});

it.each<[string, (query: Buffer) => Buffer]>([
  ['another id', forged((it) => ({ ...it, id: (Number(it.id) + 1) % 65_536 }))],
  [
    'another question',
    forged((it) => ({ ...it, questions: [{ name: 'b.example', type: 'A', class: 'IN' }] })),
  ],
  [
    'another type',
    forged((it) => ({ ...it, questions: [{ name: 'a.example', type: 'TXT', class: 'IN' }] })),
  ],
  ['no question', forged((it) => ({ ...it, questions: [] }))],
  ['a query', forged((it) => ({ ...it, type: 'query' }))],
])('does not believe an answer with %s', async (_what, forge) => {
  const answer = await ask((query) => [forge(query), honest(query)]);
  expect(answer).toMatchObject({ result: 'found', records: ['192.0.2.1'] });
});

it.each<[string, Reply, object]>([
  ['says nothing more', 'silence', { result: 'timeout' }],
  ['hangs up', 'hang-up', { result: 'unreachable' }],
  [
    'speaks of something else',
    (query) => [forged((it) => ({ ...it, id: (Number(it.id) + 1) % 65_536 }))(query)],
    { result: 'unreachable' },
  ],
  ['says garbage', () => [Buffer.from('garbage')], { result: 'unreachable' }],
])(
  'tells when a server that would rather say it over TCP %s there',
  async (_what, reply, answer) => {
    const cut: Reply = { truncated: true };
    expect(await ask(cut, reply)).toMatchObject(answer);
  },
);

it('hears the answer among any amount of what is none', async () => {
  const answer = await ask((query) => [
    ...Array.from({ length: 200 }, () => Buffer.from('garbage')),
    honest(query),
  ]);
  expect(answer).toMatchObject({ result: 'found', records: ['192.0.2.1'] });
});

it('is done soon with the largest answer there can be, all of it names within names', async () => {
  const longest = Array.from({ length: 4 }, () => 'x'.repeat(61)).join('.');
  const bomb = (query: Buffer): readonly Buffer[] => {
    const { id = 0, questions = [] } = packet.decode(query);
    const head = packet.encode({
      ...{ type: 'response', id, questions, flags: packet.RECURSION_AVAILABLE },
      answers: [{ name: longest, type: 'CNAME', class: 'IN', ttl: 1, data: 'b.example' }],
    });
    // Each further record is an alias of the long name to the long name, by pointers to it.
    const pointer = [0xc0, packet.encode({ type: 'query', id, questions }).length];
    const record = Buffer.from([...pointer, 0, 5, 0, 1, 0, 0, 0, 1, 0, 2, ...pointer]);
    const count = Math.floor((65_535 - head.length) / record.length);
    head.writeUInt16BE(1 + count, 6);
    return [Buffer.concat([head, ...Array<Buffer>(count).fill(record)])];
  };
  const before = process.memoryUsage().heapUsed;
  expect(await ask({ truncated: true }, bomb)).toMatchObject({ result: 'no-data', via: 'tcp' });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1_048_576);
});

it('tells when nobody is there to be asked', async () => {
  const server = await startDnsServer(() => 'silence');
  const at = readServer(server.address);
  await server[Symbol.asyncDispose]();
  if (at === undefined) throw new Error('no server');
  const said = await exchange(at, { name: 'a.example', type: 'A' }, TIMEOUT_MS);
  expect(said).toEqual({ failure: 'unreachable' });
});

it('asks again over UDP when a datagram was lost', async () => {
  let asked = 0;
  await using server = await startDnsServer(() => {
    asked += 1;
    return asked === 1 ? 'silence' : { addresses: ['192.0.2.1'] };
  });
  const at = readServer(server.address);
  if (at === undefined) throw new Error('no server');
  const said = await exchange(at, { name: 'a.example', type: 'A' }, 10_000);
  expect(said).toMatchObject({ via: 'udp' });
});
