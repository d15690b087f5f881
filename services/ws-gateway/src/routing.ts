import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Problem, problem } from '@partyline/protocol';
import type { WebSocket } from 'ws';
import type { Caller } from './arrivals.ts';

// What is spoken where, all of it: paths and subprotocols to whoever takes what comes there.

/** What is spoken over a WebSocket (RFC 6455 §1.9); the first with those who offer none. */
export const subprotocols = ['partyline.v1', 'text.ircv3.net', 'binary.ircv3.net'] as const;
export type Subprotocol = (typeof subprotocols)[number];

/** Where WebSockets are opened that speak by their subprotocol. */
export const webSocketPaths: readonly string[] = ['/', '/ws'];

/** Whoever answers everything beneath a path by itself; what comes is let in already. */
export type Mount = {
  request(request: IncomingMessage, response: ServerResponse, caller: Caller): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller): void;
};

/** Mounts by the path that what they take begins with, `/socket.io/`. */
export type Mounts = ReadonlyMap<string, Mount>;

/** Whoever is behind the door. */
export type Hosts = {
  readonly webSocket: WebSocketHost;
  readonly mounts?: Mounts;
};

/** Takes a WebSocket that was let in, and speaks the subprotocol with whoever called. */
export type WebSocketHost = (
  webSocket: WebSocket,
  socket: Socket,
  caller: Caller & { readonly subprotocol: Subprotocol },
) => void;

/** Whoever takes an upgrade. */
export type Route =
  | { readonly type: 'websocket'; readonly subprotocol: Subprotocol }
  | { readonly type: 'mount'; readonly mount: Mount };

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;

/** The mount that a request target belongs to. */
export const mountOf = (url: string, mounts: Mounts = new Map()): Mount | undefined => {
  const path = pathOf(url);
  return [...mounts].find(([beginning]) => path.startsWith(beginning))?.[1];
};

/** The first of the offered subprotocols that is spoken here: clients name what they prefer first. */
export const agreed = (offered: Iterable<string>): Subprotocol | undefined =>
  [...offered].find((it): it is Subprotocol => subprotocols.some((spoken) => spoken === it));

/** Who takes an upgrade of a request target, whose client offers these subprotocols (`Sec-WebSocket-Protocol`). */
export const routeOf = (
  url: string,
  offered: string | undefined,
  mounts?: Mounts,
): Route | Problem => {
  const mount = mountOf(url, mounts);
  if (mount !== undefined) return { type: 'mount', mount };
  const path = pathOf(url);
  if (!webSocketPaths.includes(path)) return problem('path-unknown', { path });
  const subprotocol =
    offered === undefined ? subprotocols[0] : agreed(offered.split(',').map((it) => it.trim()));
  if (subprotocol === undefined)
    return problem('subprotocol-unknown', { spoken: subprotocols.join(', ') });
  return { type: 'websocket', subprotocol };
};
