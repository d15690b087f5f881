import { mosquitto } from './installed/mosquitto.ts';
import { nats } from './installed/nats.ts';
import { ngircd } from './installed/ngircd.ts';
import { nodePeer } from './node-peer.ts';
import { partyline, partylineOverTls } from './partyline.ts';
import type { Peer } from './peer.ts';

/** What the least is that Node can do: the base of a column of ratios. */
export const floor = nodePeer('net relay, no protocol', 'plain lines', 'net-relay.ts');

/** The wire that stands for Partyline in the other column of ratios. */
export const reference = partyline('Partyline, WebSocket', 'partyline websocket');

/** All that are measured as chat servers, in the order of the tables. */
export const peers: readonly Peer[] = [
  reference,
  partylineOverTls('Partyline, WebSocket over TLS'),
  partyline('Partyline, TCP json', 'partyline json'),
  partyline('Partyline, TCP text', 'partyline text'),
  partyline('Partyline, Socket.IO', 'socket.io'),
  nodePeer('Socket.IO', 'socket.io', 'socket-io.ts'),
  nodePeer('ws, send to each', 'websocket', 'ws-send.ts'),
  nodePeer('ws, frame built once', 'websocket', 'ws-frame-once.ts'),
  floor,
  nodePeer('net relay, TCP_NODELAY', 'plain lines', 'net-relay-no-delay.ts'),
  ngircd,
  mosquitto,
  nats,
];
