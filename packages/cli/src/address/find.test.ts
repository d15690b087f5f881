import { expect, test } from 'vitest';
import { addressText } from './address.ts';
import { addressesOf } from './find.ts';

const found = {
  ...{ name: 'Partyline', version: '1', from: ['192.0.2.7'] },
  endpoints: ['http://lab:8080', 'text+tcp://lab:7001', 'json+tls://lab:7702'].concat([
    'ws://lab:7010',
    'json+tcp://lab:7002',
    'json+unix:///data/json.sock',
    'nonsense',
  ]),
};

test('the address that a server answered from comes before its name, plain TCP before the rest', () => {
  expect(addressesOf(found, false).map(addressText)).toEqual([
    ...['json+tcp://192.0.2.7:7002', 'json+tcp://lab:7002', 'ws://192.0.2.7:7010', 'ws://lab:7010'],
    ...['json+tls://192.0.2.7:7702', 'json+tls://lab:7702'],
  ]);
});

test('who said whom to trust gets TLS first', () => {
  expect(addressesOf(found, true).map(addressText)[0]).toBe('json+tls://192.0.2.7:7702');
});
