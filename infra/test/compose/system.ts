import { execFileSync } from 'node:child_process';
import { beforeEach, expect, inject, onTestFailed, vi } from 'vitest';
import { composeOf, edgeIsReady } from './compose.ts';

// The system that the setup brought up.

export const { compose, environment, within } = composeOf(inject('composeProject'));

/** Starts what is missing of the system, one of each, and waits until clients can come. */
export const up = async (): Promise<void> => {
  compose('up', '--detach', '--no-recreate', '--wait');
  await edgeIsReady(compose);
};

/** The services of which there may be several, behind the edge. */
export const scalable = ['tcp-gateway', 'ws-gateway', 'http-static', 'dns-probe'] as const;
export const services = ['chat-core', ...scalable, 'udp-discovery'] as const;

/** The port of this machine that leads to a service's. */
export const portOf = (service: string, port: number, protocol = 'tcp'): number =>
  Number(compose('port', '--protocol', protocol, service, String(port)).split(':').at(-1));

/** Containers of a service, by their ids. */
export const containersOf = (service: string): readonly string[] =>
  compose('ps', '--all', '--quiet', service).split('\n').filter(Boolean);

/** Runs `docker`; what it prints. */
export const docker = (...args: readonly string[]): string =>
  execFileSync('docker', args, { encoding: 'utf8' }).trim();

/** Waits until the edge sends clients to just so many of a service. */
export const waitForEdge = (service: string, count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${portOf('edge', 8404)}/metrics`);
      expect(await answer.text()).toContain(
        `haproxy_backend_active_servers{proxy="${service}"} ${count}\n`,
      );
    },
    { timeout: 60_000, interval: 250 },
  );

/** Asks the admin API. */
export const admin = (path: string, init: RequestInit = {}): Promise<Response> => {
  const token = within('chat-core', 'cat', '/secrets/admin/token').stdout.trim();
  return fetch(`http://127.0.0.1:${portOf('chat-core', 7300)}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });
};

/** What the admin API answers, as it stands in JSON. */
export const asked = async (path: string): Promise<string> => (await admin(path)).text();

/** Shows what the services said when a test of this file fails. */
export const showLogsOfFailures = (): void => {
  beforeEach(() => {
    onTestFailed(() => console.error(compose('logs', '--no-color', '--tail', '30')));
  });
};
