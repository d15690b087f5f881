import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections, which could have one when it is needed again. */
const FIRST = 15_000;
const LAST = 30_000;

/** TCP ports that nobody listens on, and that nobody gets by chance. */
export const steadyPorts = async (count: number): Promise<readonly number[]> => {
  const ports: number[] = [];
  const start = FIRST + Math.floor(Math.random() * (LAST - FIRST - 10 * count));
  for (let port = start; ports.length < count && port < LAST; port++)
    if (await isFree(port)) ports.push(port);
  return ports;
};

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
};
