import { lstatSync, rmSync } from 'node:fs';
import { connect } from 'node:net';

/** What every kernel takes for a Unix socket's path (`sun_path`: 108 bytes with its end on Linux, 104 elsewhere). */
export const SOCKET_PATH_BYTES = 100;

/** Whether somebody answers on a socket. */
const isAnswered = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.on('connect', () => end(true));
    // A full backlog is somebody's too.
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'EAGAIN'));
  });

/**
 * Takes away the socket that a killed process left. Rejects with EADDRINUSE when somebody answers
 * on it, or when what is there is no socket.
 */
export const clearStaleSocket = async (path: string): Promise<void> => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket() || (await isAnswered(path))) {
    const inUse = new Error(`${path} is in use`);
    throw Object.assign(inUse, { code: 'EADDRINUSE', syscall: 'listen', address: path });
  }
  rmSync(path);
};
