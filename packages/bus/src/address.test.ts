import { expect, test } from 'vitest';
import { readAddress, readAddresses } from './address.ts';

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

test('reads the addresses of several chat-cores', () => {
  expect(readAddresses('http://a:1, http://b:2 unix:/my folder/c,d.sock')).toEqual([
    { origin: 'http://a:1' },
    { origin: 'http://b:2' },
    { origin: 'http://bus', socketPath: '/my folder/c,d.sock' },
  ]);
});
