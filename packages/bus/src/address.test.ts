import { expect, test } from 'vitest';
import { readAddress } from './address.ts';

test('reads the path of a Unix socket', () => {
  expect(readAddress('unix:/run/bus.sock').socketPath).toBe('/run/bus.sock');
  expect(readAddress('unix:data/bus.sock').socketPath).toBe('data/bus.sock');
});

test('reads a host and port', () => {
  expect(readAddress('http://chat-core:7301')).toEqual({ origin: 'http://chat-core:7301' });
});

test.each(['', 'unix:', 'chat-core:7301', 'tcp://chat-core:7301'])(
  'says what is wrong with %j',
  (url) => {
    expect(() => readAddress(url)).toThrow('unix:PATH or http://HOST:PORT');
  },
);
