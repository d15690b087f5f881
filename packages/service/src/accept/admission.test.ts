import { describe, expect, test } from 'vitest';
import { Admission, type Place } from './admission.ts';

const comeTo = (admission: Admission, address?: string) => admission.enter(address).verdict;

describe('admission', () => {
  test('serves as many as are allowed, and again one for each who left', () => {
    const admission = new Admission({ maxConnections: 2, maxPerAddress: 0 });
    const first = admission.enter('192.0.2.1');
    expect(comeTo(admission, '192.0.2.1')).toBe('served');
    const third = admission.enter('192.0.2.1');
    expect(third.verdict).toBe('full');
    admission.leave(third);
    expect(comeTo(admission)).toBe('full');
    admission.leave(first);
    expect(comeTo(admission)).toBe('served');
  });

  test('tells a hundred at once why not, and drops the others', () => {
    const admission = new Admission({ maxConnections: 0, maxPerAddress: 0 });
    const told: Place[] = Array.from({ length: 100 }, () => admission.enter('192.0.2.1'));
    expect(new Set(told.map((it) => it.verdict))).toEqual(new Set(['full']));
    const dropped = admission.enter('192.0.2.1');
    expect(dropped.verdict).toBe('dropped');
    admission.leave(dropped);
    expect(comeTo(admission)).toBe('dropped');
    for (const place of told) admission.leave(place);
    expect(comeTo(admission)).toBe('full');
  });

  test('takes so many of one address, and of one /64 of IPv6', () => {
    const admission = new Admission({ maxConnections: 100, maxPerAddress: 2 });
    const places = ['2001:db8::1', '2001:db8::2'].map((it) => admission.enter(it));
    expect(comeTo(admission, '2001:db8::3')).toBe('crowded');
    expect(comeTo(admission, '2001:db8:0:1::3')).toBe('served');
    expect(comeTo(admission, '192.0.2.1')).toBe('served');
    expect(comeTo(admission, '192.0.2.2')).toBe('served');
    admission.leave(places[0] as Place);
    expect(comeTo(admission, '2001:db8::3')).toBe('served');
    expect(comeTo(admission, '2001:db8::3')).toBe('crowded');
  });

  test.each([undefined, '127.0.0.1', '127.9.9.9', '::1'])(
    'takes any number of this machine: %s',
    (address) => {
      const admission = new Admission({ maxConnections: 100, maxPerAddress: 1 });
      expect([comeTo(admission, address), comeTo(admission, address)]).toEqual([
        'served',
        'served',
      ]);
    },
  );
});
