import { expect, test } from 'vitest';
import { sortAcceptError } from './accept-error.ts';

test('a connection that broke in the queue is no trouble of the door', () => {
  expect(sortAcceptError('ECONNABORTED')).toBe('passing');
});

test('out of descriptors is trouble that passes when connections end', () => {
  expect(sortAcceptError('EMFILE')).toBe('exhausted');
});

test('anything unheard of is the end of the door', () => {
  expect(sortAcceptError('EBADF')).toBe('fatal');
  expect(sortAcceptError(undefined)).toBe('fatal');
});
