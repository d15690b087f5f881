import { expect, test } from 'vitest';
import { wsUrl } from './config.ts';

const http = new URL('http://chat.example:8080/');
const https = new URL('https://chat.example/');

test('the gateway is on the page’s own host, over TLS where the page came so', () => {
  const config = { wsPort: 7010, wssPort: 7710 };
  expect(wsUrl(config, http)).toBe('ws://chat.example:7010/');
  expect(wsUrl(config, https)).toBe('wss://chat.example:7710/');
  expect(wsUrl({}, http)).toBe('ws://chat.example:7010/');
});

test('where there is one port only, it is that one', () => {
  expect(wsUrl({ wssPort: 443 }, http)).toBe('wss://chat.example:443/');
  expect(wsUrl({ wsPort: 7010 }, https)).toBe('wss://chat.example:7010/');
});

test('the gateway may be a path of the page’s own site', () => {
  expect(wsUrl({ ws: '/ws' }, http)).toBe('ws://chat.example:8080/ws');
  expect(wsUrl({ ws: '/ws' }, https)).toBe('wss://chat.example/ws');
});

test('the gateway is where it is said to be', () => {
  const ws = 'wss://line.example/ws';
  expect(wsUrl({ ws, wsPort: 7010 }, http)).toBe(ws);
});
