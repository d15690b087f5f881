import { installed } from '../installed-peer.ts';
import type { Peer } from '../peer.ts';

/** An MQTT broker in C, at most once (QoS 0), with as long a queue as it needs. */
export const mosquitto: Peer = {
  ...installed({
    name: 'Mosquitto (C)',
    program: 'mosquitto',
    args: (_port, file) => ['-c', file],
    settings: (port) => `
listener ${port} 127.0.0.1
allow_anonymous true
max_queued_messages 0
set_tcp_nodelay true
log_type error
`,
  }),
  wire: 'mqtt',
};
