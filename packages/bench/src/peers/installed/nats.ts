import { installed } from '../installed-peer.ts';
import type { Peer } from '../peer.ts';

/** A message broker in Go, which uses as many cores as there are. At most once. */
export const nats: Peer = {
  ...installed({
    name: 'NATS (Go)',
    program: 'nats-server',
    args: (_port, file) => ['-c', file],
    settings: (port) => `
listen: "127.0.0.1:${port}"
max_connections: 100000
ping_interval: "1h"
`,
  }),
  wire: 'nats',
};
