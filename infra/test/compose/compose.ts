import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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

/** A compose project of this repository's file, or of others, on ports that the engine chooses. */
export const composeOf = (project: string, others: Others = {}) => {
  const { files = ['docker-compose.yml'], env = {} } = others;
  const how = {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      COMPOSE_PROJECT_NAME: project,
      COMPOSE_FILE: files.join(':'),
      PARTYLINE_DNS_WATCH_MS: '2000',
      ...Object.fromEntries(published.map((it) => [`PARTYLINE_PUBLISH_${it}`, '0'])),
      ...env,
    },
  } as const;
  return {
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
