import { limits, type ProbeFinding, type ProbeState } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { changeBetween, changeCard, changeText } from './change.ts';

const subject = { name: 'a.example' };
const by = (server: string | undefined, ...records: string[]): ProbeFinding => ({
  ...{ result: 'found', records },
  ...(server !== undefined && { type: 'A', server }),
});
const gone: ProbeFinding = { result: 'nxdomain', type: 'A', server: 'near' };
const state = (...findings: ProbeFinding[]): ProbeState => ({ findings, differences: [] });

const told = (before: ProbeState, after: ProbeState, locale: 'en' | 'zh-CN' = 'en') => {
  const change = changeBetween(subject, before, after);
  return change && changeText(change, before.differences, locale);
};

describe('a change', () => {
  test('is none when all say what they said', () => {
    expect(told(state(by('near', '1')), state(by('near', '1')))).toBeUndefined();
  });

  test('is told in one line when all say the same', () => {
    const [before, after] = [state(by(undefined, '1'), by('near', '1')), ['1', '2', '3']];
    const now = state(by(undefined, ...after), by('near', ...after));
    expect(told(before, now)).toBe('a.example has changed: 1 → 1, 2, 3');
    expect(told(before, now, 'zh-CN')).toBe('a.example 的解析结果已变化：1 → 1, 2, 3');
  });

  test('is told a line a resolver when they say different things', () => {
    const before = state(by(undefined, '1'), by('near', '1'), by('far', '1'));
    const after: ProbeState = {
      findings: [by(undefined, '1'), gone, by('far', '2')],
      differences: [{ between: 'servers', type: 'A', why: 'stale-cache' }],
    };
    expect(told(before, after)?.split('\n')).toEqual([
      'a.example has changed.',
      'A @near: 1 → no such name (NXDOMAIN)',
      'A @far: 1 → 2',
      'The servers differ over A: an old answer in a cache.',
    ]);
    expect(told(after, before)?.split('\n').at(-1)).toBe('The system and DNS agree.');
  });

  test('is told when only the differences are others', () => {
    const before = state(by('near', '1'));
    const after: ProbeState = {
      ...before,
      differences: [{ between: 'system-and-servers', why: 'hosts-file' }],
    };
    expect(told(before, after)).toBe(
      'a.example has changed.\nThe system and DNS differ: the hosts file has the name.',
    );
  });

  test('is told of as many other addresses that are not told', () => {
    const hidden = (mark: string): ProbeFinding => ({ ...by('near'), hidden: 2, mark }) as never;
    expect(told(state(hidden('a')), state(hidden('b')))).toBe(
      'a.example A @near has changed: 2 private addresses → as many others',
    );
  });

  test('has a card of what each said before and says now', () => {
    const change = changeBetween(
      subject,
      state(by('near', '1'), by('far', '1')),
      state(gone, by('far', '1')),
    );
    expect(change && changeCard(change)).toEqual({
      type: 'dns-change',
      change: { ...subject, before: [by('near', '1')], after: [gone], differences: [] },
    });
    const long = 'x'.repeat(limits.cardBytes);
    const other = changeBetween(subject, state(gone), state(by('near', long)));
    expect(other && changeCard(other)).toBeUndefined();
  });
});
