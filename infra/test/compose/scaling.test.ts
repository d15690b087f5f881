import { expect, test, vi } from 'vitest';
import { startLoad, whileClientsTalk } from './load.ts';
import {
  asked,
  compose,
  containersOf,
  scalable,
  showLogsOfFailures,
  waitForEdge,
} from './system.ts';

showLogsOfFailures();

const scale = async (service: string, count: number): Promise<void> => {
  compose('up', '--detach', '--no-recreate', '--wait', '--scale', `${service}=${count}`);
  await waitForEdge(service, count);
};

/** Sessions of each instance of a kind. */
const sessionsOf = async (kind: string): Promise<readonly number[]> => {
  const { instances } = JSON.parse(await asked('/v1/instances')) as {
    instances: { kind: string; sessions: number }[];
  };
  return instances.filter((it) => it.kind === kind).map((it) => it.sessions);
};

test('each gateway alone is scaled up and down under load: nobody else is disconnected, nothing acked is lost or doubled', async () => {
  const load = await startLoad();
  for (const service of scalable) {
    expect(await whileClientsTalk(load, service, () => scale(service, 3))).toEqual([]);
    expect(containersOf(service)).toHaveLength(3);
    expect(await whileClientsTalk(load, service, () => scale(service, 1))).toEqual([]);
    expect(containersOf(service)).toHaveLength(1);
  }
  expect(await load.verdict()).toEqual([]);
}, 300_000);

test('clients that come after there are more gateways are spread over them', async () => {
  await scale('tcp-gateway', 3);
  await startLoad();
  await vi.waitFor(
    async () => {
      const sessions = (await sessionsOf('tcp-gateway')).filter((it) => it > 0);
      expect(sessions).toHaveLength(3);
      expect(Math.max(...sessions) - Math.min(...sessions)).toBeLessThanOrEqual(10);
    },
    { timeout: 30_000, interval: 500 },
  );
  await scale('tcp-gateway', 1);
});
