import { type Gateway, Pace } from '@partyline/gateway';
import type { Locale } from '@partyline/protocol';
import type { DeflateRules } from './deflate.ts';
import { createDialects } from './dialects.ts';
import type { WebSocketHost } from './routing.ts';
import { Heartbeat } from './transports/heartbeat.ts';
import { WebSocketConnection } from './transports/websocket.ts';

/** Brings WebSockets and the gateway together. Disposed, it pings nobody any more. */
export interface Clients extends Disposable {
  readonly take: WebSocketHost;
}

export type ClientsOptions = Pick<DeflateRules, 'deflateBytes'> & {
  readonly locale: Locale;
  /** How often a client is pinged. */
  readonly pingMs: number;
};

export const createClients = (
  gateway: Gateway,
  { locale, pingMs, deflateBytes }: ClientsOptions,
): Clients => {
  const heartbeat = new Heartbeat(pingMs);
  const pace = new Pace(Date.now);
  const dialectOf = createDialects(locale, deflateBytes);
  return {
    take: (webSocket, socket, { subprotocol, isSecure, address }) => {
      const dialect = dialectOf(subprotocol, webSocket.extensions !== '');
      const wire = `${dialect.name}+${isSecure ? 'wss' : 'ws'}`;
      const parts = { wire, pace, locale };
      const connection = new WebSocketConnection(webSocket, socket, parts, address);
      webSocket.on('close', heartbeat.add(connection));
      connection.deliverTo(gateway.accept(connection, dialect));
    },
    [Symbol.dispose]: () => heartbeat[Symbol.dispose](),
  };
};
