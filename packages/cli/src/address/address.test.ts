import { fc, test as prop } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { type Address, addressText, isOpenToReaders, parseAddress } from './address.ts';

test.each<[string, Address]>([
  ['json+tcp://chat.example:7102', { over: 'tcp', host: 'chat.example', port: 7102 }],
  ['tcp://chat.example', { over: 'tcp', host: 'chat.example', port: 7002 }],
  ['json+tls://chat.example', { over: 'tls', host: 'chat.example', port: 7702 }],
  ['json+tls://chat.example:80', { over: 'tls', host: 'chat.example', port: 80 }],
  ['json+tcp://[::1]:7002', { over: 'tcp', host: '::1', port: 7002 }],
  ['json+unix:///run/partyline/json.sock', { over: 'unix', path: '/run/partyline/json.sock' }],
  ['./data/json.sock', { over: 'unix', path: './data/json.sock' }],
  ['/data/json.sock', { over: 'unix', path: '/data/json.sock' }],
  ['ws://chat.example', { over: 'ws', host: 'chat.example', port: 7010, path: '/' }],
  ['wss://chat.example/ws', { over: 'wss', host: 'chat.example', port: 443, path: '/ws' }],
  ['localhost', { over: 'tcp', host: 'localhost', port: 7002 }],
  ['localhost:7102', { over: 'tcp', host: 'localhost', port: 7102 }],
  ['192.0.2.1', { over: 'tcp', host: '192.0.2.1', port: 7002 }],
  ['2001:db8::1', { over: 'tcp', host: '2001:db8::1', port: 7002 }],
])('%s is an address', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test.each(
  [
    '',
    'text+tcp://localhost:7001',
    'http://localhost',
    'a b',
    'ann@host',
    'host:0',
    'host:65536',
  ].concat([
    'host:port',
    'tcp://',
    'tcp://host/path',
    'json+unix://relative',
    'ws://user:pass@host',
  ]),
)('“%s” is none', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

const host = fc.oneof(fc.domain(), fc.ipV4(), fc.constant('::1'));
const port = fc.integer({ min: 1, max: 65_535 });
const address: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ over: fc.constantFrom('tcp' as const, 'tls' as const), host, port }),
  fc.record({
    ...{ over: fc.constantFrom('ws' as const, 'wss' as const), host, port },
    path: fc.constantFrom('/', '/ws'),
  }),
);

prop.prop([address])('an address is read back as it is written', (it) => {
  expect(parseAddress(addressText(it))).toEqual(it);
});

test('only what leaves this machine unencrypted can be read on the way', () => {
  const isOpen = (text: string): boolean => {
    const it = parseAddress(text);
    return it !== undefined && isOpenToReaders(it);
  };
  expect(isOpen('tcp://chat.example')).toBe(true);
  expect(isOpen('ws://chat.example')).toBe(true);
  expect(isOpen('tls://chat.example')).toBe(false);
  expect(isOpen('tcp://localhost')).toBe(false);
  expect(isOpen('/run/json.sock')).toBe(false);
});
