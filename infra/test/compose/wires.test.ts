import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { lineClient, webSocketClient } from './clients.ts';
import { asked, portOf, showLogsOfFailures } from './system.ts';

showLogsOfFailures();

test('text, JSON and WebSocket clients talk in one room, and the operator reads it', async () => {
  const text = await lineClient(portOf('edge', 7001));
  const json = await lineClient(portOf('edge', 7002));
  const socket = await webSocketClient(`ws://127.0.0.1:${portOf('edge', 7010)}/`);
  text.say('ann');
  json.say('{"type":"login","nickname":"bob"}');
  await json.waitFor('"success":true');
  socket.say({ type: 'login', nickname: 'cat' });
  await socket.waitFor('"success":true');
  await vi.waitFor(async () => expect(await asked('/v1/sessions')).toContain('"ann"'), {
    timeout: 15_000,
  });
  text.say('hello from nc');
  await json.waitFor('hello from nc');
  await socket.waitFor('hello from nc');
  socket.say({ type: 'broadcast', message: 'hello from a page' });
  await text.waitFor('cat:hello from a page');
  const page = await asked('/v1/rooms/lobby/events?limit=20');
  expect(page).toContain('hello from nc');
  expect(page).toContain('hello from a page');
});

test('the page, the name probe and the discovery answer', async () => {
  const page = await fetch(`http://127.0.0.1:${portOf('edge', 8080)}/`, {
    headers: { accept: 'text/html' },
  });
  expect(await page.text()).toContain('<title>');
  const probe = await fetch(`http://127.0.0.1:${portOf('edge', 7030)}/probe?name=localhost`);
  expect(probe.status).toBe(200);
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.send('{"type":"discover"}', portOf('udp-discovery', 7020, 'udp'), '127.0.0.1');
  const [answer] = await once(socket, 'message', { signal: AbortSignal.timeout(15_000) });
  expect(String(answer)).toContain('"partyline"');
});
