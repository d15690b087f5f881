import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceProcess } from '@partyline/service/testing';
import { start } from './service.ts';

const listeners = ['text', 'json', 'raw', 'irc'] as const;

/** A chat-core and a tcp-gateway in front of it, with everything of their own. */
export interface System extends AsyncDisposable {
  readonly gateway: ServiceProcess;
  /** Chat-core's data, with the socket of the bus in it. */
  readonly folder: string;
  /** Kills chat-core where it stands, and starts it again. */
  restartCore(): Promise<void>;
  /** Where each dialect is spoken. */
  readonly ports: Readonly<Record<(typeof listeners)[number], number>>;
  /** Where a wire, `DIALECT+TRANSPORT`, is spoken. */
  portOf(wire: string): number;
}

export const startSystem = async (env: Readonly<Record<string, string>> = {}): Promise<System> => {
  await using parts = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'partyline-tcp-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const shared = {
    PARTYLINE_BUS: `unix:${folder}/bus.sock`,
    PARTYLINE_BUS_TOKEN: 'the-bus-token-of-a-test',
    ...env,
  };
  const startCore = () =>
    start('chat-core', {
      ...shared,
      PARTYLINE_DATA: folder,
      PARTYLINE_ADMIN_PORT: '0',
      PARTYLINE_ADMIN_TOKEN: 'the-admin-token-of-a-test',
    });
  let core = await startCore();
  parts.defer(() => core[Symbol.asyncDispose]());
  const gateway = parts.use(
    await start('tcp-gateway', {
      ...shared,
      PARTYLINE_DATA: folder,
      PARTYLINE_TCP_LISTENERS: listeners.map((it) => `${it}+tcp://127.0.0.1:0`).join(' '),
      PARTYLINE_TCP_OPS_PORT: '0',
      ...env,
    }),
  );
  const { endpoints } = await gateway.logged('listening');
  const portOf = (wire: string): number =>
    Number(new URL((endpoints as string[]).find((it) => it.startsWith(`${wire}:`)) ?? 'x:').port);
  const owned = parts.move();
  return {
    gateway,
    folder,
    restartCore: async () => {
      await core[Symbol.asyncDispose]();
      core = await startCore();
    },
    ports: {
      ...{ text: portOf('text+tcp'), json: portOf('json+tcp') },
      ...{ raw: portOf('raw+tcp'), irc: portOf('irc+tcp') },
    },
    portOf,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
