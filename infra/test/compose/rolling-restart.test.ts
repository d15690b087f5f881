import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startLoad, whileClientsTalk } from './load.ts';
import { containersOf, environment, services, showLogsOfFailures } from './system.ts';

showLogsOfFailures();

const run = promisify(execFile);

const rollingRestart = (service: string) =>
  run('infra/rolling-restart', [service], { env: environment });

test('each service in turn is replaced under load: nobody else is disconnected, nothing acked is lost or doubled', async () => {
  const load = await startLoad();
  for (const service of ['edge', ...services]) {
    const before = containersOf(service);
    const broken = await whileClientsTalk(load, service, async () => {
      expect((await rollingRestart(service)).stdout).toContain(`${service}: replaced`);
    });
    expect(broken).toEqual([]);
    expect(containersOf(service)).toHaveLength(before.length);
    expect(containersOf(service).filter((it) => before.includes(it))).toEqual([]);
  }
  expect(await load.verdict()).toEqual([]);
}, 300_000);

test('a service that is none is told by its name', async () => {
  await expect(rollingRestart('no-such')).rejects.toThrow('no-such');
});
