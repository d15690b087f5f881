import type { ProbeState } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { CALM, LEAST_PATIENCE, observed, type Sightings, unseen } from './hysteresis.ts';

const found = (...records: string[]): ProbeState => ({
  findings: [{ type: 'A', server: 'near', result: 'found', records }],
  differences: [],
});
const [a, b, c] = [found('192.0.2.1'), found('192.0.2.2'), found('192.0.2.3')];

/** What was believed, one after the other, while these were found. */
const believed = (states: readonly ProbeState[], from: Sightings = unseen) => {
  const all: ProbeState[] = [];
  let it = from;
  for (const state of states) {
    const next = observed(it, state);
    if (next.told !== it.told && next.told !== null) all.push(next.told);
    it = next;
  }
  return { all, last: it };
};
const times = (count: number, ...states: ProbeState[]): ProbeState[] =>
  Array.from({ length: count }, () => states).flat();

describe('what is found of a name', () => {
  test('is believed when it is found twice in a row', () => {
    expect(believed([a]).all).toEqual([]);
    expect(believed([a, a]).all).toEqual([a]);
    expect(believed([a, a, b, a, b, a, c]).all).toEqual([a]);
    expect(believed([a, a, b, b]).all).toEqual([a, b]);
  });

  test('is believed once', () => {
    expect(believed([a, a, ...times(100, b)]).all).toEqual([a, b]);
  });

  test('is the same only if all of it is', () => {
    const differing: ProbeState = { ...a, differences: [{ between: 'system-and-servers' }] };
    expect(believed([a, a, differing, differing]).all).toEqual([a, differing]);
  });

  test.each([1, 2, 3, 5, 10, 30])(
    'is told a few times, not each time, when it goes to and fro every %i looks',
    (period) => {
      const looks = times(1_000, ...times(period, a), ...times(period, b));
      const { all, last } = believed(looks);
      expect(all.length).toBeLessThanOrEqual(7);
      // It is still told when it comes to rest.
      expect(believed(times(100, c), last).all).toEqual([c]);
    },
  );

  test('is believed soon again after it stayed the same for long', () => {
    const { last } = believed([a, a, b, b]);
    expect(believed([a, a], last).all).toEqual([]);
    const calm = believed(times(CALM * last.patience, b), last).last;
    expect(calm.patience).toBe(LEAST_PATIENCE);
    expect(believed([a, a], calm).all).toEqual([a]);
  });
});
