import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a server may take to listen on a busy machine. */
const READY_MS = 30_000;
const LOOK_MS = 20;

const listens = async (port: number): Promise<boolean> => {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
}

/** Starts a program; resolved when it listens on the port. */
export const startServer = async (
  command: string,
  args: readonly string[],
  port: number,
): Promise<ServerProcess> => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-2_000);
    });
  let isGone = false;
  const gone = once(child, 'exit')
    .catch((error: Error) => {
      output += error.message;
    })
    .then(() => {
      isGone = true;
    });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  const deadline = performance.now() + READY_MS;
  while (!(await listens(port))) {
    if (isGone || performance.now() > deadline) {
      await stop();
      throw new Error(`${command} does not listen; it wrote: ${output}`);
    }
    await delay(LOOK_MS);
  }
  return { pid: child.pid ?? 0, [Symbol.asyncDispose]: stop };
};
