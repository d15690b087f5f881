import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceProcess } from '@partyline/service/testing';
import { start } from './service.ts';

/** A chat-core and a tcp-gateway in front of it, with everything of their own. */
export interface System extends AsyncDisposable {
  readonly gateway: ServiceProcess;
  /** Chat-core's data, with the socket of the bus in it. */
  readonly folder: string;
  /** Where each dialect is spoken. */
  readonly ports: Readonly<Record<'text' | 'json', number>>;
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
  parts.use(
    await start('chat-core', {
      ...shared,
      PARTYLINE_DATA: folder,
      PARTYLINE_ADMIN_PORT: '0',
      PARTYLINE_ADMIN_TOKEN: 'the-admin-token-of-a-test',
    }),
  );
  const gateway = parts.use(
    await start('tcp-gateway', {
      ...shared,
      PARTYLINE_TCP_LISTENERS: 'text+tcp://127.0.0.1:0 json+tcp://127.0.0.1:0',
      PARTYLINE_TCP_OPS_PORT: '0',
    }),
  );
  const { endpoints } = await gateway.logged('listening');
  const [text = 0, json = 0] = (endpoints as string[]).map((it) => Number(/\d+$/.exec(it)?.[0]));
  const owned = parts.move();
  return {
    gateway,
    folder,
    ports: { text, json },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
