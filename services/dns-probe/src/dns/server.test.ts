import { expect, it } from 'vitest';
import { readServer } from './server.ts';

it.each([
  ['1.1.1.1', { name: '1.1.1.1', address: '1.1.1.1', port: 53 }],
  ['1.1.1.1:5353', { name: '1.1.1.1:5353', address: '1.1.1.1', port: 5353 }],
  ['::1', { name: '::1', address: '::1', port: 53 }],
  ['[::1]:5353', { name: '[::1]:5353', address: '::1', port: 5353 }],
  ['home=192.168.1.1', { name: 'home', address: '192.168.1.1', port: 53 }],
  ['home=[fd00::1]:54', { name: 'home', address: 'fd00::1', port: 54 }],
])('%s is a server', (text, server) => {
  expect(readServer(text)).toEqual(server);
});

it.each(['', 'dns.example', '1.1.1.1:0', '1.1.1.1:65536', '1.1.1', '=1.1.1.1', 'a b=1.1.1.1'])(
  '%j is none',
  (text) => {
    expect(readServer(text)).toBeUndefined();
  },
);
