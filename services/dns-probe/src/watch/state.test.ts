import { cardBytes, limits, type ProbeReport } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { stateOf } from './state.ts';

const report = (...records: string[]): ProbeReport => ({
  ...{ name: 'a.example', differences: [{ between: 'system-and-servers', why: 'hosts-file' }] },
  lookup: { result: 'found', records, ms: 1 },
  resolve: [
    { type: 'A', server: 'near', result: 'found', records, ms: 2, ttl: 60, cached: true },
    { type: 'AAAA', server: 'near', result: 'no-data', ms: 3 },
  ],
});
const hiding = { privateAddresses: 'hide', key: 'k' } as const;
const state = (it: ProbeReport, how: Parameters<typeof stateOf>[1] = hiding) => stateOf(it, how);

test('is what is said, whatever the order and however long it took', () => {
  const [one, other] = [report('192.0.2.1', '192.0.2.2'), report('192.0.2.2', '192.0.2.1')];
  expect(state(one)).toEqual(state(other));
  expect(state(one)).toEqual({
    findings: [
      { result: 'found', records: ['192.0.2.1', '192.0.2.2'] },
      { result: 'found', records: ['192.0.2.1', '192.0.2.2'], type: 'A', server: 'near' },
      { result: 'no-data', type: 'AAAA', server: 'near' },
    ],
    differences: one.differences,
  });
  expect(state(one)).not.toEqual(state(report('192.0.2.1')));
});

test('tells that private addresses are others, but not which they are', () => {
  const one = state(report('192.0.2.1', '10.0.0.1', '10.0.0.2'));
  expect(one?.findings[0]).toMatchObject({ records: ['192.0.2.1'], hidden: 2 });
  expect(JSON.stringify(one)).not.toContain('10.0.0');
  expect(state(report('192.0.2.1', '10.0.0.2', '10.0.0.1'))).toEqual(one);
  expect(state(report('192.0.2.1', '10.0.0.3', '10.0.0.1'))).not.toEqual(one);
  expect(state(report('192.0.2.1', '10.0.0.1', '10.0.0.2'), { ...hiding, key: 'x' })).not.toEqual(
    one,
  );
  const shown = state(report('10.0.0.1'), { ...hiding, privateAddresses: 'show' });
  expect(shown?.findings[0]).toEqual({ result: 'found', records: ['10.0.0.1'] });
});

test('is bounded, and another one when what is left out is', () => {
  const many = Array.from({ length: 300 }, (_, i) => `${'x'.repeat(500)}${i}`);
  const one = state(report(...many));
  expect(one && cardBytes(one)).toBeLessThanOrEqual(limits.cardBytes);
  expect(one).not.toEqual(state(report(...many.with(299, 'another'))));
  const long = state(report('y'.repeat(600)));
  expect(long?.findings[0]).toMatchObject({ records: [], more: 1 });
});

test('is none when too much was going on to find out', () => {
  expect(state({ ...report(), lookup: { result: 'busy', ms: 0 } })).toBeUndefined();
});
