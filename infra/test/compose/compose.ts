import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { steadyPorts } from './steady-ports.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What is published, by the end of its setting's name. */
const published = [
  ...['TEXT', 'JSON', 'RAW', 'IRC', 'TEXT_TLS', 'JSON_TLS', 'RAW_TLS', 'IRC_TLS', 'WS', 'WSS'],
  ...['HTTP', 'HTTPS', 'DNS', 'UDP', 'EDGE', 'ADMIN', 'WEBHOOKS'],
];

type Others = {
  readonly files?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** A compose project, and where it is published. */
export type Project = { readonly name: string; readonly ports: readonly number[] };

/** A new project; on ports that the engine chose it would be elsewhere after every start. */
export const newProject = async (name: string): Promise<Project> => ({
  name,
  ports: await steadyPorts(published.length),
});

/** A compose project of this repository's file, or of others. */
export const composeOf = ({ name, ports }: Project, others: Others = {}) => {
  const { files = ['docker-compose.yml'], env = {} } = others;
  const environment = {
    ...process.env,
    COMPOSE_PROJECT_NAME: name,
    COMPOSE_FILE: files.join(':'),
    PARTYLINE_DNS_WATCH_MS: '2000',
    ...Object.fromEntries(
      published.map((it, at) => [`PARTYLINE_PUBLISH_${it}`, String(ports[at])]),
    ),
    ...env,
  };
  const how = { cwd: root, encoding: 'utf8', env: environment } as const;
  return {
    environment,

    /** Runs `docker compose`; what it prints. Throws when it fails. */
    compose: (...args: readonly string[]): string =>
      execFileSync('docker', ['compose', '--progress', 'quiet', ...args], {
        ...how,
        stdio: ['ignore', 'pipe', 'inherit'],
      }).trim(),

    /** What a command in a service's container came to. */
    within: (service: string, ...command: readonly string[]): SpawnSyncReturns<string> =>
      spawnSync('docker', ['compose', 'exec', '-T', service, ...command], how),
  };
};

const READY_WITHIN_MS = 60_000;

/** Resolved when the edge sends clients to all kinds of gateways. */
export const edgeIsReady = async (
  compose: (...args: readonly string[]) => string,
): Promise<void> => {
  const url = `http://${compose('port', 'edge', '8404')}/readyz`;
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    if (performance.now() > until) throw new Error(`${url} answers ${answer?.status}`);
    await pass(100);
  }
};
