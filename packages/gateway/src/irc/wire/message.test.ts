import { describe, expect, test } from 'vitest';
import { type Line, lineText } from './line.ts';
import { parseMessage } from './message.ts';

const all = new Set(['message-tags', 'server-time', 'batch'] as const);

describe('a line of a client', () => {
  test.each([
    ['PING', 'PING', []],
    ['ping  a   b ', 'PING', ['a', 'b']],
    [':nick!user@host PRIVMSG #a :b c', 'PRIVMSG', ['#a', 'b c']],
    ['PRIVMSG #a ::)', 'PRIVMSG', ['#a', ':)']],
    ['TOPIC #a :', 'TOPIC', ['#a', '']],
    ['NICK ann\r\n', 'NICK', ['ann']],
    [
      'X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16',
      'X',
      [...'123456789', '10', '11', '12', '13', '14', '15 16'],
    ],
  ])('%s is a command with its parameters', (line, command, params) => {
    expect(parseMessage(line)).toMatchObject({ command, params });
  });

  test('has tags, unescaped', () => {
    const it = parseMessage('@a=1;b;c=\\s\\:\\\\\\r\\n\\x;=d;a=2 PING x');
    expect(it).toMatchObject({ command: 'PING' });
    expect(typeof it === 'object' && Object.fromEntries(it.tags)).toEqual({
      ...{ a: '2', b: '', c: ' ;\\\r\nx' },
    });
  });

  test('says nothing when there is no command in it', () => {
    for (const line of ['', '   ', ':', ':source', '@tags', '@tags ', '@tags :source'])
      expect(parseMessage(line)).toBeUndefined();
  });

  test('is too long over 510 bytes, and over 4094 bytes of tags, which count apart', () => {
    expect(parseMessage(`PING ${'é'.repeat(252)}`)).toMatchObject({ command: 'PING' });
    expect(parseMessage(`PING ${'é'.repeat(253)}`)).toBe('too-long');
    expect(parseMessage(`@a=${'x'.repeat(4_092)} PING ${'x'.repeat(505)}`)).toMatchObject({
      command: 'PING',
    });
    expect(parseMessage(`@a=${'x'.repeat(4_093)} PING x`)).toBe('too-long');
  });
});

describe('a line to a client', () => {
  const line: Line = {
    tags: { time: 't', msgid: '1@x', batch: 'b', '+draft/react': 'a;b c' },
    source: 'ann!ann@h',
    ...{ command: 'PRIVMSG', params: ['#x', 'hi'] },
  };

  test('bears only tags that its capabilities cover', () => {
    expect(lineText(line, new Set())).toBe(':ann!ann@h PRIVMSG #x :hi');
    expect(lineText(line, new Set(['server-time'] as const))).toBe(
      '@time=t :ann!ann@h PRIVMSG #x :hi',
    );
    expect(lineText(line, all)).toBe(
      '@time=t;msgid=1@x;batch=b;+draft/react=a\\:b\\sc :ann!ann@h PRIVMSG #x :hi',
    );
  });

  test('keeps each parameter one, whatever is told back', () => {
    const told = (...params: string[]) => lineText({ command: '421', params }, new Set());
    expect(told('ann', '\0\0', 'no')).toBe(':irc.partyline 421 ann _ no');
    expect(told('ann', ':x y', 'no such thing')).toBe(':irc.partyline 421 ann _x_y :no such thing');
    expect(told('ann', '', '')).toBe(':irc.partyline 421 ann * :');
  });

  test('is one line, whatever is said, and never longer than a line may be', () => {
    const text = lineText({ ...line, params: ['#x', `a\r\nQUIT\0${'é'.repeat(400)}`] }, new Set());
    expect(text).toMatch(/^:ann!ann@h PRIVMSG #x :a QUIT é+$/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(510);
  });
});
