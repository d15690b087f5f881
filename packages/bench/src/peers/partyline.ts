import { join } from 'node:path';
import { freePorts, type System, startSystem } from '@partyline/faults';
import type { Target } from '../load/connection.ts';
import { BUS_TOKEN } from '../load/durable-wires.ts';
import type { Peer, RunningPeer } from './peer.ts';

type PartylineWire = 'partyline json' | 'partyline text' | 'partyline websocket' | 'socket.io';

export interface RunningPartyline extends RunningPeer {
  readonly bus: Target;
  /** Where chat-core keeps its database. */
  readonly folder: string;
}

/** Clients of a measurement answer no pings. */
const PING_MS = 3_600_000;

/** Starts chat-core and the gateways as they are, but for the flood limit, which is off, and pings. */
export const startPartyline = async (
  wire: PartylineWire,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningPartyline> => {
  const system = await startSystem({
    PARTYLINE_BUS_TOKEN: BUS_TOKEN,
    // What speaks over the bus by itself says hello once, and holds no stream.
    PARTYLINE_LEASE_MS: '600000',
    PARTYLINE_WS_PING_MS: `${PING_MS}`,
    ...env,
  });
  const { core, tcp, ws, folder } = system;
  const port = {
    'partyline json': tcp.jsonPort,
    'partyline text': tcp.textPort,
    'partyline websocket': ws.port,
    'socket.io': ws.port,
  }[wire];
  const gateway = port === ws.port ? ws.process : tcp.process;
  return {
    target: { port },
    bus: { path: join(folder, 'bus.sock') },
    folder,
    processes: [
      { name: 'chat-core', pid: core.pid },
      { name: 'gateway', pid: gateway.pid },
    ],
    [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
  };
};

export const partyline = (name: string, wire: PartylineWire): Peer => ({
  name,
  wire,
  start: () => startPartyline(wire),
});

/** One more ws-gateway, which speaks TLS alone. */
const startSecure = async ({ folder, start }: System) => {
  const [port = 0] = await freePorts(1);
  const { pid } = await start('ws-gateway', {
    PARTYLINE_DATA: folder,
    PARTYLINE_WS_LISTENERS: `wss://127.0.0.1:${port}`,
  });
  return { port, pid };
};

/** Over WebSocket and TLS. */
export const partylineOverTls = (name: string): Peer => ({
  name,
  wire: 'partyline websocket',
  start: async () => {
    const system = await startSystem();
    const { port, pid } = await startSecure(system);
    return {
      target: { port, overTls: true },
      processes: [
        { name: 'chat-core', pid: system.core.pid },
        { name: 'gateway', pid },
      ],
      [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
    };
  },
});
