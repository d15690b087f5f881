import { limits, type ProbeReport, type StreamLineOf } from '@partyline/protocol';
import { describe, expect, it } from 'vitest';
import type { GuardedProbe } from '../probe/guard.ts';
import { answerDns, readArguments } from './dns-command.ts';
import { saidTo } from './said.ts';

const report: ProbeReport = {
  name: 'a.example',
  lookup: { result: 'found', records: ['127.0.0.1'], hidden: 1, ms: 0.42 },
  resolve: [
    {
      type: 'A',
      server: 'near',
      result: 'found',
      records: ['192.0.2.1', '192.0.2.2'],
      ttl: 60,
      ms: 12,
    },
    { type: 'AAAA', server: 'near', result: 'nxdomain', aliases: ['b.example'], ms: 3.04 },
  ],
  differences: [{ between: 'system-and-servers', why: 'hosts-file' }],
};
const used = (args: string): StreamLineOf<'invocation'> => ({
  ...{ type: 'invocation', id: 'i-1', name: 'dns', args, room: 'lobby' },
  ...{ session: 's', nick: 'ann', trace: '00-1-2-01' },
});
const answer = (args: string, probe: GuardedProbe, locale: 'en' | 'zh-CN' = 'en') =>
  answerDns(used(args), { probe, locale });
const textOf = async (args: string, probe: GuardedProbe, locale?: 'en' | 'zh-CN') =>
  (await answer(args, probe, locale)).text;
const never: GuardedProbe = () => expect.fail('it was asked');

describe('/dns', () => {
  it.each([
    ['a.example', { name: 'a.example' }],
    [' a.example  MX ', { name: 'a.example', type: 'MX' }],
    [
      'a.example @1.1.1.1 MX @home',
      { name: 'a.example', type: 'MX', servers: ['1.1.1.1', 'home'] },
    ],
    ['', undefined],
    ['@1.1.1.1', undefined],
    ['a b c', undefined],
  ])('%j asks for %j', (args, question) => {
    expect(readArguments(args)).toEqual(question);
  });

  it('has any server asked by whoever runs the server', async () => {
    const asked: unknown[] = [];
    const probe: GuardedProbe = async (question) => {
      asked.push(question.anyServer);
      return report;
    };
    for (const its of [{}, { operator: true as const }])
      await answerDns({ ...used('a.example @192.0.2.9'), ...its }, { probe, locale: 'en' });
    expect(asked).toEqual([undefined, true]);
  });

  it('is answered in the room, under its own nick, as the same publish when it is told again', async () => {
    const said = () => answer('a.example', async () => report);
    const envelopes = [
      saidTo(used('a.example'), await said(), 'dns-probe-1'),
      saidTo(used('a.example'), await said(), 'dns-probe-1'),
    ];
    expect(envelopes[0]).toEqual(envelopes[1]);
    expect(envelopes[0]).toMatchObject({
      ...{ id: 'i-1', session: 'dns-probe-1', trace: '00-1-2-01' },
      command: { type: 'announce', room: 'lobby', nick: 'dns', card: { type: 'dns', report } },
    });
  });

  it('tells a report a line an answer, and why they differ', async () => {
    expect(await textOf('a.example', async () => report)).toBe(
      [
        'a.example system: 127.0.0.1, 1 private address (0.4 ms)',
        'a.example A: 192.0.2.1, 192.0.2.2 (12.0 ms, for 60 s)',
        'a.example AAAA: b.example → no such name (NXDOMAIN) (3.0 ms)',
        'The system and DNS differ: the hosts file has the name.',
      ].join('\n'),
    );
  });

  it('says which server said what, when there are several, and over what they differ', async () => {
    const [first, second] = report.resolve;
    const resolve = [first, { ...first, server: 'far', records: ['192.0.2.3'] }, second];
    const differences = [{ between: 'servers', type: 'A', why: 'stale-cache' }];
    const text = await textOf(
      'a.example',
      async () => ({ ...report, resolve, differences }) as ProbeReport,
    );
    expect(text.split('\n').slice(1)).toEqual([
      'a.example A @near: 192.0.2.1, 192.0.2.2 (12.0 ms, for 60 s)',
      'a.example A @far: 192.0.2.3 (12.0 ms, for 60 s)',
      'a.example AAAA @near: b.example → no such name (NXDOMAIN) (3.0 ms)',
      'The servers differ over A: an old answer in a cache.',
    ]);
  });

  it('tells it in Chinese', async () => {
    const text = await textOf('a.example', async () => report, 'zh-CN');
    expect(text.split('\n').at(-1)).toBe('系统与 DNS 的结果不同：hosts 文件中有该域名。');
  });

  it('tells of many long records only the first, and of each only the start', async () => {
    const records = Array.from({ length: 500 }, (_, i) => `"${'x'.repeat(9_000)}${i}"`);
    const text = await textOf('a.example TXT', async () => ({
      ...{ name: 'a.example', differences: [] },
      resolve: [{ type: 'TXT', server: 'near', result: 'found', records, ms: 1 }],
    }));
    expect(text).toContain('and 492 more');
    expect(text.length).toBeLessThan(limits.textCodePoints);
  });

  it('tells the beginning of more than can be said at once', async () => {
    const records = Array.from({ length: 8 }, () => `"${'x'.repeat(500)}"`);
    const resolve = ['a', 'b', 'c', 'd', 'e'].map((server) => ({
      ...{ type: 'TXT', server, result: 'found' as const, records, ms: 1 },
    }));
    const text = await textOf('a.example TXT', async () => ({
      ...{ name: 'a.example', differences: [], resolve },
    }));
    expect(Array.from(text)).toHaveLength(limits.textCodePoints);
    expect(text).toMatch(/x…$/);
  });

  it.each([
    ['', 'Usage: /dns NAME [TYPE] [@SERVER]'],
    ['a b c', 'Usage: /dns NAME [TYPE] [@SERVER]'],
  ])('%j is told how it is used', async (args, text) => {
    expect(await textOf(args, never)).toBe(text);
    expect(await answer(args, never)).not.toHaveProperty('card');
  });
});
