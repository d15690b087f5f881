import { type Gateway, Pace } from '@partyline/gateway';
import { jsonDialect } from '@partyline/gateway/json';
import type { Locale } from '@partyline/protocol';
import { textFrames } from './frames.ts';
import { Heartbeat } from './transports/heartbeat.ts';
import { WebSocketConnection } from './transports/websocket.ts';
import type { Host } from './upgrades.ts';

/** Brings WebSockets and the gateway together. Disposed, it pings nobody any more. */
export interface Clients extends Disposable {
  readonly take: Host;
}

export const createClients = (
  gateway: Gateway,
  { locale, pingMs }: { readonly locale: Locale; readonly pingMs: number },
): Clients => {
  const heartbeat = new Heartbeat(pingMs);
  const pace = new Pace(Date.now);
  const dialect = jsonDialect({ locale, frame: textFrames });
  return {
    take: (webSocket, socket) => {
      const connection = new WebSocketConnection(webSocket, socket, pace, locale);
      webSocket.on('close', heartbeat.add(connection));
      connection.deliverTo(gateway.accept(connection, dialect));
    },
    [Symbol.dispose]: () => heartbeat[Symbol.dispose](),
  };
};
