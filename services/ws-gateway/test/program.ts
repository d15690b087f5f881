import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceProcess } from '@partyline/service/testing';

type Settings = Readonly<Record<string, string>>;

/** Starts a service as a process of its own; resolved when it is ready. */
const start = (service: string, environment: Settings): Promise<ServiceProcess> =>
  ServiceProcess.start(new URL(`../../${service}/src/main.ts`, import.meta.url), environment);

/** The URL at which a gateway logged it listens. */
export const urlOf = ({ log }: ServiceProcess): string =>
  String(log.find(({ msg }) => msg === 'listening')?.endpoints).replace('ws:', 'http:');

/** chat-core, and as many gateways as are started. */
export interface System extends AsyncDisposable {
  readonly core: ServiceProcess;
  startGateway(settings?: Settings): Promise<ServiceProcess>;
}

/** Starts chat-core with a folder of its own. */
export const startSystem = async (): Promise<System> => {
  await using cleanup = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), 'partyline-ws-'));
  cleanup.defer(() => rm(data, { recursive: true }));
  const bus = `unix:${join(data, 'bus.sock')}`;
  const environment = { PARTYLINE_BUS_TOKEN: 'a-token-for-this-test-only', PARTYLINE_DATA: data };
  const core = cleanup.use(
    await start('chat-core', {
      ...environment,
      PARTYLINE_BUS_LISTEN: bus,
      PARTYLINE_ADMIN_PORT: '0',
      PARTYLINE_ADMIN_TOKEN: 'another-token-for-this-test',
    }),
  );
  const owned = cleanup.move();
  return {
    core,
    startGateway: (settings = {}) =>
      start('ws-gateway', {
        ...environment,
        PARTYLINE_BUS: bus,
        PARTYLINE_WS_LISTENERS: 'ws://127.0.0.1:0',
        ...settings,
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
