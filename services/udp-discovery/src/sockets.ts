import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Link } from './links.ts';

/** What takes a datagram; `reply` sends one back to where it came from, by the socket it came by. */
export type OnDatagram = (
  datagram: Buffer,
  source: RemoteInfo,
  reply: (answer: Buffer) => void,
) => void;

/** One port on both families; a socket for each, since groups and broadcasts are a family's own. */
export interface Sockets extends AsyncDisposable {
  readonly port: number;
  readonly families: readonly ('IPv4' | 'IPv6')[];
  /** What comes from now on goes to `onDatagram`; what came before is dropped. */
  receive(onDatagram: OnDatagram, onError: (error: Error) => void): void;
  /** Hears groups on every link, the new ones too. */
  join(groups: readonly string[], links: readonly Link[]): void;
}

/** What a kernel without IPv6 says when it is asked for it. */
const noIpv6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']);

const bind = async (socket: Socket, port: number, address?: string): Promise<Socket> => {
  socket.bind({ port, exclusive: true, ...(address !== undefined && { address }) });
  try {
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
};

const bindIpv6 = async (port: number): Promise<readonly Socket[]> => {
  try {
    return [await bind(createSocket({ type: 'udp6', ipv6Only: true, reuseAddr: true }), port)];
  } catch (error) {
    if (error instanceof Error && 'code' in error && noIpv6.has(String(error.code))) return [];
    throw error;
  }
};

const keyOf = (group: string, { name, address }: Pick<Link, 'name' | 'address'>): string =>
  `${group} ${name} ${address}`;

const close = (socket: Socket): Promise<void> => new Promise((done) => socket.close(done));

/**
 * The port is shared, so that programs on this machine can hear a group at it: they bind the group's
 * address. Sharing, the kernel would not say that another server has the port; so it is asked first.
 */
const assertFree = async (port: number): Promise<void> => {
  await close(await bind(createSocket('udp4'), port, '127.0.0.1'));
};

/** Opens UDP on IPv4, and on IPv6 where the machine has it. Rejects when the port is taken. */
export const openSockets = async (wanted: number): Promise<Sockets> => {
  await using open = new AsyncDisposableStack();
  await assertFree(wanted);
  const ipv4 = open.adopt(
    await bind(createSocket({ type: 'udp4', reuseAddr: true }), wanted),
    close,
  );
  const { port } = ipv4.address();
  const ipv6 = await bindIpv6(port);
  for (const socket of ipv6) open.adopt(socket, close);
  const opened = open.move();
  const joined = new Set<string>();

  const joinOne = (group: string, { name, address }: Link): void => {
    const key = keyOf(group, { name, address });
    const [socket] = isIPv6(group) ? ipv6 : [ipv4];
    if (socket === undefined || joined.has(key)) return;
    try {
      socket.addMembership(group, isIPv6(group) ? `::%${name}` : address);
    } catch {
      // An interface without multicast hears no group; one of several addresses has joined already.
    }
    joined.add(key);
  };

  return {
    port,
    families: ipv6.length > 0 ? ['IPv4', 'IPv6'] : ['IPv4'],
    receive: (onDatagram, onError) => {
      for (const socket of [ipv4, ...ipv6]) {
        socket.on('error', onError);
        socket.on('message', (datagram, source) => {
          onDatagram(datagram, source, (answer) => {
            socket.send(answer, source.port, source.address, (error) => error && onError(error));
          });
        });
      }
    },
    join: (groups, links) => {
      const present = new Set(links.flatMap((it) => groups.map((group) => keyOf(group, it))));
      for (const key of joined) if (!present.has(key)) joined.delete(key);
      for (const link of links)
        for (const group of groups)
          if (isIPv6(group) === (link.family === 'IPv6')) joinOne(group, link);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
