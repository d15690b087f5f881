import { expect, test, vi } from 'vitest';
import { startLoad, whileClientsTalk } from './load.ts';
import { containersOf, docker, services, showLogsOfFailures, up } from './system.ts';

showLogsOfFailures();

test('each container in turn is killed under load: nobody else is disconnected, nothing acked is lost or doubled', async () => {
  const load = await startLoad();
  for (const service of ['edge', ...services]) {
    const [container = ''] = containersOf(service);
    const broken = await whileClientsTalk(load, service, async () => {
      docker('kill', container);
      docker('start', container);
      await up();
    });
    expect(broken).toEqual([]);
  }
  expect(await load.verdict()).toEqual([]);
}, 300_000);

test.for(['edge', ...services])('%s is started again when its process dies', async (service) => {
  const [container = ''] = containersOf(service);
  const state = (): { Pid: number; Running: boolean } =>
    JSON.parse(docker('inspect', '--format', '{{json .State}}', container));
  const { Pid } = state();
  process.kill(Pid, 'SIGKILL');
  await vi.waitFor(
    () => {
      const now = state();
      expect(now.Running && now.Pid !== Pid).toBe(true);
    },
    { timeout: 30_000 },
  );
  await up();
});
