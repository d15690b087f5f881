import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { freePorts } from './ports.ts';
import { SystemProcess } from './process.ts';

/** One of several chat-cores. */
export type ClusterCore = { readonly process: SystemProcess; readonly bus: string };

/** A tcp-gateway that speaks JSON. */
export type ClusterGateway = { readonly process: SystemProcess; readonly jsonPort: number };

/** Several chat-cores on one Postgres, and gateways, all real processes on free ports. */
export interface Cluster extends AsyncDisposable {
  readonly postgres: PostgresServer;
  readonly cores: readonly ClusterCore[];
  readonly gateways: readonly ClusterGateway[];
  /** Asks the admin API of the chat-core with that number. */
  admin(path: string, init?: RequestInit, core?: number): Promise<Response>;
}

export type ClusterOptions = {
  readonly cores: number;
  readonly gateways: number;
  /** For all processes. */
  readonly env?: Readonly<Record<string, string>>;
  /** The buses that a gateway is told, of all of them; all when left out. */
  readonly busesOf?: (gateway: number, buses: readonly string[]) => readonly string[];
  /** The way on which chat-cores reach the database: its URL when left out. */
  readonly wayTo?: (url: string, cleanup: AsyncDisposableStack) => Promise<string>;
};

const ADMIN_TOKEN = 'admin-token-of-a-test';

export const startCluster = async (options: ClusterOptions): Promise<Cluster> => {
  const { env = {}, busesOf = (_, all) => all, wayTo = async (url) => url } = options;
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'partyline-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = cleanup.use(await startPostgres());
  const database = await wayTo(await postgres.create('partyline'), cleanup);
  const ports = [...(await freePorts(2 * options.cores + 2 * options.gateways))];
  const port = (): number => ports.pop() ?? 0;
  const shared = {
    PARTYLINE_BUS_TOKEN: 'bus-token-of-a-test',
    PARTYLINE_FLOOD_PER_SECOND: '0',
    ...env,
  };
  const start = async (
    name: string,
    own: Readonly<Record<string, string>>,
  ): Promise<SystemProcess> => {
    const process = cleanup.use(new SystemProcess(name, { ...shared, ...own }));
    await process.start();
    return process;
  };

  const adminPorts = Array.from({ length: options.cores }, port);
  const cores = await Promise.all(
    adminPorts.map(async (adminPort, n) => {
      const bus = `http://127.0.0.1:${port()}`;
      const process = await start('chat-core', {
        PARTYLINE_DATA: join(folder, `core-${n}`),
        PARTYLINE_DATABASE: database,
        PARTYLINE_BUS_LISTEN: bus,
        PARTYLINE_ADMIN_PORT: `${adminPort}`,
        PARTYLINE_ADMIN_TOKEN: ADMIN_TOKEN,
      });
      return { process, bus };
    }),
  );
  const buses = cores.map((it) => it.bus);
  const gateways = await Promise.all(
    Array.from({ length: options.gateways }, async (_, n) => {
      const jsonPort = port();
      const process = await start('tcp-gateway', {
        PARTYLINE_BUS: busesOf(n, buses).join(','),
        PARTYLINE_TCP_LISTENERS: `json+tcp://127.0.0.1:${jsonPort}`,
        PARTYLINE_TCP_OPS_PORT: `${port()}`,
      });
      return { process, jsonPort };
    }),
  );

  const owned = cleanup.move();
  return {
    ...{ postgres, cores, gateways },
    admin: (path, init = {}, core = 0) =>
      fetch(`http://127.0.0.1:${adminPorts[core]}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...init.headers },
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
