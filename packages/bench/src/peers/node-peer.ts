import { fileURLToPath } from 'node:url';
import { freePorts } from '@partyline/faults';
import type { WireName } from '../load/wires.ts';
import type { Peer } from './peer.ts';
import { startServer } from './server-process.ts';

/** A peer whose server is a file of `node/`, which takes the port as its argument. */
export const nodePeer = (name: string, wire: WireName, file: string): Peer => ({
  name,
  wire,
  start: async () => {
    const [port = 0] = await freePorts(1);
    const script = fileURLToPath(new URL(`./node/${file}`, import.meta.url));
    const server = await startServer(process.execPath, [script, `${port}`], port);
    return {
      target: { port },
      processes: [{ name, pid: server.pid }],
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
});
