import { readSettings, SettingsError } from '@partyline/service';
import { describe, expect, test } from 'vitest';
import { settings } from './config.ts';
import { parseListenerUrl } from './listener-url.ts';

describe('a listener URL', () => {
  test.each(['text+tcp://*:7001', 'json+tcp://127.0.0.1:0', 'text+tcp://[::1]:7001'])(
    'says dialect, transport and address: %s',
    (text) => {
      const parsed = parseListenerUrl(text);
      expect(`${parsed?.dialect}+${parsed?.transport}://${parsed?.url.host}`).toBe(text);
    },
  );

  test.each([
    'text+unix:text.sock',
    'json+unix:///run/partyline/json.sock',
    'text+tls://*:7701',
    'json+tcp:fd:json',
    'text+unix:fd:3',
  ])('may name what is no port: %s', (text) => {
    expect(parseListenerUrl(text)?.url.href).toBe(text);
  });

  test.each([
    '',
    '7001',
    'text+tcp:fd:',
    'text+unix:',
    'text+unix:///run/',
    'text+unix://host/run/text.sock',
    'text+unix:text.sock?mode=600',
    'tcp://*:7001',
    'text://*:7001',
    'telnet+tcp://*:7001',
    'text+quic://*:7001',
    'text+tcp+tls://*:7001',
    'toString+tcp://*:7001',
    'text+tcp://*',
    'text+tcp://:7001',
    'text+tcp://*:70010',
    'text+tcp://*:7001/path',
  ])('is not %j', (text) => {
    expect(parseListenerUrl(text)).toBeUndefined();
  });
});

describe('the listeners setting', () => {
  const read = (listeners: string) =>
    readSettings(settings, {
      PARTYLINE_BUS_TOKEN: 'a-token-of-the-bus',
      PARTYLINE_TCP_LISTENERS: listeners,
    }).listeners;

  test('holds as many as one likes', () => {
    expect(read('text+tcp://*:1 json+tcp://*:2')).toEqual(['text+tcp://*:1', 'json+tcp://*:2']);
  });

  test('is refused by name, with what would be right', () => {
    expect(() => read('text+tcp://*:7001 smtp+tcp://*:25')).toThrow(SettingsError);
    expect(() => read('smtp+tcp://*:25')).toThrow(
      /^PARTYLINE_TCP_LISTENERS is "smtp\+tcp:\/\/\*:25": it must be URLs, .* dialects text, json.* and the transports tcp \(text\+tcp:\/\/\*:7001\), tls \(text\+tls:\/\/\*:7701\), unix \(text\+unix:text\.sock\)/,
    );
  });
});
