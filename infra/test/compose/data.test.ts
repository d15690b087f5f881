import { expect, test } from 'vitest';
import { lineClient } from './clients.ts';
import { admin, asked, compose, portOf, showLogsOfFailures, up } from './system.ts';

showLogsOfFailures();

test('what was said and shared, and the tokens, outlive `down` and `up`', async () => {
  const json = await lineClient(portOf('edge', 7002));
  json.say('{"type":"login","nickname":"hal"}');
  await json.waitFor('"success":true');
  json.say('{"type":"broadcast","message":"kept by the volume","id":"1"}');
  await json.waitFor('"type":"ack"');
  const site = `http://127.0.0.1:${portOf('edge', 8080)}`;
  const shared = await fetch(`${site}/r/ops/note.txt`, { method: 'PUT', body: 'kept as a file' });
  expect(shared.status).toBe(201);
  const path = String(shared.headers.get('location'));
  const before = await asked('/v1/rooms/lobby/events?limit=20');

  compose('down', '--timeout', '10');
  await up();

  expect(await asked('/v1/rooms/lobby/events?limit=20')).toContain('kept by the volume');
  expect(before).toContain('kept by the volume');
  expect(await (await fetch(site + path)).text()).toBe('kept as a file');
  expect((await admin('/v1/overview')).status).toBe(200);
});
