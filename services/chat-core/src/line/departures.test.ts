import { expect, test } from 'vitest';
import { Departures } from './departures.ts';

test('remembers when the last one left who went by a nick, of so many nicks', () => {
  const departures = new Departures();
  departures.take(['ann', 'bob'], 1);
  departures.take(['ann'], 2);
  expect(departures.of('ann')).toBe(2);
  expect(departures.of('eve')).toBeUndefined();
  departures.take(
    Array.from({ length: 999 }, (_, n) => `n${n}`),
    3,
  );
  expect(departures.of('bob')).toBeUndefined();
  expect(departures.of('ann')).toBe(2);
});
