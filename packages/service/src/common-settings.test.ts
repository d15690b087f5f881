import { expect, it } from 'vitest';
import { busSettings, commonSettings, isBusAddress } from './common-settings.ts';
import { readSettings } from './settings.ts';

it.each([
  'unix:data/bus.sock',
  'unix:/run/bus.sock',
  'unix:/home/my folder/bus.sock',
  'http://chat-core:7301',
  'http://[::1]:7301',
  'http://core-1:7301,http://core-2:7301',
  'unix:/run/a.sock unix:/run/b.sock',
])('%s is an address of the bus, or several', (text) => {
  expect(isBusAddress(text)).toBe(true);
});

it.each([
  'unix:',
  '/run/bus.sock',
  'http://chat-core',
  'ftp://chat-core:7301',
  'http://a:1/x',
  'http://a:99999',
  'http://a:1,b:2',
])('%s is none', (text) => {
  expect(isBusAddress(text)).toBe(false);
});

it('needs nothing but the token of the bus', () => {
  expect(
    readSettings({ ...commonSettings, ...busSettings }, { PARTYLINE_BUS_TOKEN: 'x'.repeat(16) }),
  ).toMatchObject({ locale: 'en', logLevel: 'info', bus: 'unix:data/bus.sock' });
});

it.each(['a b', 'ü', 'x'.repeat(33)])('refuses %j as the id of a process', (id) => {
  expect(() => readSettings(commonSettings, { PARTYLINE_INSTANCE: id })).toThrow(
    'PARTYLINE_INSTANCE',
  );
});
