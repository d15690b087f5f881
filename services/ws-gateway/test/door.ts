import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Pace } from '@partyline/gateway';
import { WebSocket } from 'ws';
import type { Hosts } from '../src/routing.ts';
import type { ServerOptions } from '../src/server.ts';
import { WebSocketConnection } from '../src/transports/websocket.ts';
import { upgrade } from './bare-socket.ts';
import { openServer } from './open-server.ts';
import { Witness } from './witness.ts';

/** The server's side of a client. */
export type Guest = { readonly connection: WebSocketConnection; readonly witness: Witness };

/** A server that lets WebSockets in and says nothing by itself. */
export const openDoor = async (options: Partial<ServerOptions> = {}) => {
  const opened = await openServer(options);
  const { server, port, url } = opened;
  const parts = { wire: 'json+ws', pace: new Pace(Date.now), locale: 'en' } as const;
  const all: Guest[] = [];
  const arrived: Guest[] = [];
  let onArrival: () => void = () => undefined;
  const webSocket: Hosts['webSocket'] = (it, socket, { address }) => {
    const guest = {
      connection: new WebSocketConnection(it, socket, parts, address),
      witness: new Witness(),
    };
    guest.connection.deliverTo(guest.witness);
    arrived.push(guest);
    all.push(guest);
    onArrival();
  };
  server.open({ webSocket });

  /** The next one who comes in. */
  const nextGuest = async (): Promise<Guest> => {
    const guest = arrived.shift();
    if (guest !== undefined) return guest;
    await new Promise<void>((resolve) => {
      onArrival = resolve;
    });
    return nextGuest();
  };

  return {
    ...{ url, port, nextGuest },
    /** How many were refused so. */
    refused: (code: string) => opened.counted(`partyline_ws_upgrades_refused_total{code="${code}"`),
    /** How many were cut for this reason. */
    turnedAway: (reason: string) =>
      opened.counted(`partyline_ws_turned_away_total{reason="${reason}"`),

    /** A client of `ws`, and the server's side of it. */
    async enter(): Promise<Guest & { client: WebSocket }> {
      const client = new WebSocket(`ws://127.0.0.1:${port}/ws`, 'partyline.v1');
      const [guest] = await Promise.all([nextGuest(), once(client, 'open')]);
      return { client, ...guest };
    },

    /** A client that is a bare socket: what it sends, it sends. */
    async enterBare(): Promise<Guest & { socket: Socket }> {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(upgrade());
      const guest = await nextGuest();
      await once(socket, 'data');
      return { socket, ...guest };
    },

    async [Symbol.asyncDispose](): Promise<void> {
      for (const { connection } of all) connection.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
};
