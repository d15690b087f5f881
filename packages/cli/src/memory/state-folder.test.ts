import { expect, test } from 'vitest';
import { stateFolder } from './state-folder.ts';

test('state lies where the XDG base directories say, a relative one left aside', () => {
  const at = (env: Record<string, string>): string => stateFolder(env, '/home/ann', 'linux');
  expect(at({})).toBe('/home/ann/.local/state/partyline');
  expect(at({ XDG_STATE_HOME: '/var/ann' })).toBe('/var/ann/partyline');
  expect(at({ XDG_STATE_HOME: 'state' })).toBe('/home/ann/.local/state/partyline');
});
