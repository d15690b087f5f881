import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePorts } from '@partyline/faults';
import type { RunningPeer } from './peer.ts';
import { startServer } from './server-process.ts';

/** A server that the machine may have installed. */
export type Installed = {
  readonly name: string;
  readonly program: string;
  /** Its settings' file, if it has one. */
  readonly settings?: (port: number, folder: string) => string;
  readonly args: (port: number, file: string) => readonly string[];
};

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

const find = (program: string): string | undefined =>
  folders.map((folder) => join(folder, program)).find((it) => existsSync(it));

/** Both ends of an installed server: why it isn't there, and how it starts, in a folder of its own. */
export const installed = (it: Installed) => ({
  name: it.name,
  missing: () =>
    find(it.program) === undefined ? `${it.program} is not installed on this machine` : undefined,
  start: async (): Promise<RunningPeer> => {
    await using cleanup = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'partyline-bench-'));
    cleanup.defer(() => rm(folder, { recursive: true, force: true }));
    const [port = 0] = await freePorts(1);
    const file = join(folder, 'settings');
    await writeFile(file, it.settings?.(port, folder) ?? '');
    const program = find(it.program) ?? it.program;
    const server = cleanup.use(await startServer(program, it.args(port, file), port));
    const owned = cleanup.move();
    return {
      target: { port },
      processes: [{ name: it.name, pid: server.pid }],
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    };
  },
});
