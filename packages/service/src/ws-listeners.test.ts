import { describe, expect, it } from 'vitest';
import { parseWsListener } from './ws-listeners.ts';

describe('the URL of a WebSocket listener', () => {
  it.each([
    ['ws://*:7010', { isSecure: false, host: '*', port: 7010 }],
    ['wss://*', { isSecure: true, host: '*', port: 443 }],
    ['ws://[::1]:0', { isSecure: false, host: '::1', port: 0 }],
    ['wss://chat.example.org:7710', { isSecure: true, host: 'chat.example.org', port: 7710 }],
  ])('%s says where, and whether over TLS', (text, listener) => {
    expect(parseWsListener(text)).toEqual(listener);
  });

  it.each([
    '',
    '*:7010',
    'http://*:7010',
    'ws://*:7010/ws',
    'ws://*:7010?x',
    'ws://a@b:7010',
    'ws://*:70100',
    'ws://:7010',
  ])('is not %j', (text) => {
    expect(parseWsListener(text)).toBeUndefined();
  });
});
