import { limits, type ProbeReport, type StreamLineOf } from '@partyline/protocol';
import { describe, expect, it } from 'vitest';
import type { GuardedProbe } from '../probe/guard.ts';
import { answerCommand, readArguments } from './dns-command.ts';

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
  answerCommand(used(args), { probe, instance: 'dns-probe-1', locale });
const textOf = async (args: string, probe: GuardedProbe, locale?: 'en' | 'zh-CN') => {
  const { command } = await answer(args, probe, locale);
  return command.type === 'announce' ? command.text : '';
};
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

  it('is answered in the room, under its own nick, as the same publish when it is told again', async () => {
    const envelopes = [
      await answer('a.example', async () => report),
      await answer('a.example', async () => report),
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
        'a.example system: 127.0.0.1, 1 private (0.4 ms)',
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

  it.each([
    ['', 'Usage: /dns NAME [TYPE] [@SERVER]'],
    ['a b c', 'Usage: /dns NAME [TYPE] [@SERVER]'],
  ])('%j is told how it is used', async (args, text) => {
    expect(await textOf(args, never)).toBe(text);
    expect((await answer(args, never)).command).not.toHaveProperty('card');
  });
});
