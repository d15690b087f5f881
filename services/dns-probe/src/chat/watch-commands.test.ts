import { type Command, type Outcome, problem } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { readGuarded } from '../probe/subject.ts';
import { answerWatchCommand, type WatchCommand } from './watch-commands.ts';

/** What is said to a use in the lobby, and what chat-core was asked for. */
const use = async (
  name: WatchCommand,
  args: string,
  outcome: Outcome = { id: 'i', type: 'done' },
  locale: 'en' | 'zh-CN' = 'en',
) => {
  const asked: Command[] = [];
  const text = await answerWatchCommand(name, args, 'lobby', {
    readName: (text) => readGuarded(text, 'hide'),
    publish: async (command) => {
      asked.push(command);
      return outcome;
    },
    locale,
  });
  return { text, asked };
};

describe('/watch and /unwatch', () => {
  test.each([
    ['Bücher.example', { room: 'lobby', name: 'xn--bcher-kva.example', types: '' }],
    ['a.example mx+a', { room: 'lobby', name: 'a.example', types: 'A+MX' }],
    ['a.example in ops', { room: 'ops', name: 'a.example', types: '' }],
    ['a.example. TXT IN #Ops', { room: '#Ops', name: 'a.example', types: 'TXT' }],
    ['2001:DB8::1', { room: 'lobby', name: '2001:db8::1', types: '' }],
  ])('%j asks for %j', async (args, what) => {
    expect((await use('watch', args)).asked).toEqual([{ type: 'watch', ...what }]);
    expect((await use('unwatch', args)).asked).toEqual([{ type: 'unwatch', ...what }]);
  });

  test.each([
    ['', 'Usage: /watch NAME [TYPE] [in ROOM]'],
    ['in ops', 'Usage: /watch NAME [TYPE] [in ROOM]'],
    ['a b c', 'Usage: /watch NAME [TYPE] [in ROOM]'],
    ['a.example X', expect.stringContaining('There is no record type X here.')],
    ['a$b', expect.stringContaining('labels of letters, digits')],
    ['10.0.0.1', expect.stringContaining('private networks')],
  ])('%j is refused with %j, and nobody is asked', async (args, text) => {
    expect(await use('watch', args)).toEqual({ text, asked: [] });
  });

  test('tell what is so from now on', async () => {
    expect((await use('watch', 'a.example MX in ops')).text).toBe(
      'a.example MX is watched: ops is told when it changes.',
    );
    expect((await use('unwatch', 'a.example')).text).toBe(
      'a.example is no longer watched for lobby.',
    );
    const chinese = await use('watch', 'a.example', undefined, 'zh-CN');
    expect(chinese.text).toBe('已开始监视 a.example，有变化时会通知房间 lobby。');
  });

  test('tell why it may not be', async () => {
    const refused = {
      id: 'i',
      type: 'refused',
      problem: problem('moderator-needed', { room: 'lobby' }),
    } as const;
    expect((await use('watch', 'a.example', refused)).text).toBe(refused.problem.message);
  });
});

describe('/watches', () => {
  const watch = { room: 'ops', everyMs: 30_000, by: 'ann', at: 1 };
  const list = (...watches: { name: string; types: string }[]): Outcome => ({
    ...{ id: 'i', type: 'watches', room: 'ops' },
    watches: watches.map((it) => ({ ...watch, ...it })),
  });

  test('lists what is watched for a room', async () => {
    const listed = list({ name: 'a', types: '' }, { name: 'b', types: 'A+MX' });
    const { text, asked } = await use('watches', 'in ops', listed);
    expect(asked).toEqual([{ type: 'watches', room: 'ops' }]);
    expect(text.split('\n')).toEqual([
      'Watched for ops:',
      'a, every 30 s, by ann',
      'b A+MX, every 30 s, by ann',
    ]);
    expect((await use('watches', '', list())).text).toBe('Nothing is watched for ops.');
  });

  test('is told how it is used', async () => {
    expect((await use('watches', 'ops')).text).toBe('Usage: /watches [in ROOM]');
  });
});
