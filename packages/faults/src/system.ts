import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './ports.ts';
import { SystemProcess } from './process.ts';

/** A running tcp-gateway. */
export type TcpGateway = {
  readonly process: SystemProcess;
  readonly textPort: number;
  readonly jsonPort: number;
  readonly opsPort: number;
};

/** A running ws-gateway. */
export type WsGateway = { readonly process: SystemProcess; readonly port: number };

/** A whole system of real processes on free ports and in a folder of its own. */
export interface System extends AsyncDisposable {
  readonly folder: string;
  readonly core: SystemProcess;
  readonly tcp: TcpGateway;
  readonly ws: WsGateway;
  /** The port of chat-core's admin API. */
  readonly adminPort: number;
  /** Asks the admin API. */
  admin(path: string, init?: RequestInit): Promise<Response>;
  /** Starts one more process with the system's bus and tokens, run by a command that `through` names. */
  start(
    name: string,
    env: Readonly<Record<string, string>>,
    through?: readonly string[],
  ): Promise<SystemProcess>;
}

const ADMIN_TOKEN = 'admin-token-of-a-test';

/** Starts chat-core and both gateways. `env` goes to all of them. */
export const startSystem = async (env: Readonly<Record<string, string>> = {}): Promise<System> => {
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'partyline-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const [adminPort = 0, textPort = 0, jsonPort = 0, opsPort = 0, wsPort = 0] = await freePorts(5);
  const bus = `unix:${join(folder, 'bus.sock')}`;
  const shared = {
    PARTYLINE_BUS: bus,
    PARTYLINE_BUS_TOKEN: 'bus-token-of-a-test',
    PARTYLINE_FLOOD_PER_SECOND: '0',
    ...env,
  };

  const start = async (
    name: string,
    own: Readonly<Record<string, string>>,
  ): Promise<SystemProcess> => {
    const service = new SystemProcess(name, { ...shared, ...own });
    cleanup.use(service);
    await service.start();
    return service;
  };

  const core = await start('chat-core', {
    PARTYLINE_DATA: folder,
    PARTYLINE_BUS_LISTEN: bus,
    PARTYLINE_ADMIN_PORT: `${adminPort}`,
    PARTYLINE_ADMIN_TOKEN: ADMIN_TOKEN,
  });
  const [tcp, ws] = await Promise.all([
    start('tcp-gateway', {
      PARTYLINE_TCP_LISTENERS: `text+tcp://127.0.0.1:${textPort} json+tcp://127.0.0.1:${jsonPort}`,
      PARTYLINE_TCP_OPS_PORT: `${opsPort}`,
    }),
    start('ws-gateway', { PARTYLINE_WS_LISTENERS: `ws://127.0.0.1:${wsPort}` }),
  ]);

  const owned = cleanup.move();
  return {
    folder,
    core,
    tcp: { process: tcp, textPort, jsonPort, opsPort },
    ws: { process: ws, port: wsPort },
    adminPort,
    admin: (path, init = {}) =>
      fetch(`http://127.0.0.1:${adminPort}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...init.headers },
      }),
    start: async (name, own, through) => {
      const service = new SystemProcess(name, { ...shared, ...own }, through);
      owned.use(service);
      await service.start();
      return service;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
