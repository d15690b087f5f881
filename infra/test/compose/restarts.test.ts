import { afterAll, expect, test } from 'vitest';
import { lineClient } from './clients.ts';
import {
  asked,
  compose,
  containersOf,
  docker,
  portOf,
  services,
  showLogsOfFailures,
  up,
} from './system.ts';

showLogsOfFailures();
afterAll(up);

test('what was said is still there when chat-core was started anew', async () => {
  const json = await lineClient(portOf('edge', 7002));
  json.say('{"type":"login","nickname":"dan"}');
  await json.waitFor('"success":true');
  json.say('{"type":"broadcast","message":"remember me","id":"1"}');
  await json.waitFor('"type":"ack"');
  compose('restart', 'chat-core');
  await up();
  expect(await asked('/v1/rooms/lobby/events?limit=20')).toContain('remember me');
  json.say('{"type":"broadcast","message":"still connected","id":"2"}');
  await json.waitFor('still connected');
});

test.for(services.toReversed())('%s stops with exit code 0 when it is told to', (service) => {
  compose('stop', service);
  const [container = ''] = containersOf(service);
  expect(docker('inspect', '--format', '{{.State.ExitCode}}', container)).toBe('0');
});
