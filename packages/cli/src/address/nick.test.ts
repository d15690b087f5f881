import { fc, test as prop } from '@fast-check/vitest';
import { nickProblem } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { nicksToTry } from './nick.ts';

test('a nick that was asked for is tried alone', () => {
  expect(nicksToTry('eve', 'ann')).toEqual(['eve']);
});

test('the name of the user is tried, then with a number', () => {
  const nicks = nicksToTry(undefined, 'ann', () => 0);
  expect(nicks.slice(0, 3)).toEqual(['ann', 'ann-2', 'ann-3']);
  expect(nicks.at(-1)).toBe('ann-1000');
});

prop.prop([fc.string({ unit: 'binary', maxLength: 80 })])(
  'whatever the user is called, every nick that is tried is a good one',
  (user) => {
    for (const nick of nicksToTry(undefined, user)) expect(nickProblem(nick)).toBeUndefined();
  },
);
