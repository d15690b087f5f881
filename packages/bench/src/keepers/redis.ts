import { installed } from '../peers/installed-peer.ts';
import { byClients, type Keeper } from './keeper.ts';

const server = installed({
  name: 'Redis (C) XADD, appendfsync always',
  program: 'redis-server',
  args: (_port, file) => [file],
  settings: (port, folder) => `
bind 127.0.0.1
port ${port}
dir ${folder}
appendonly yes
appendfsync always
save ""
maxclients 10000
`,
});

/** A store of streams, of which each client has one, that answers when what was added is on the disk. */
export const redis: Keeper = {
  name: server.name,
  rooms: 'each',
  missing: server.missing,
  start: async () => {
    const running = await server.start();
    return {
      keep: byClients('redis', running.target),
      [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
    };
  },
};
