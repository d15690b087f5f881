import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

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
}

/** What a kernel without IPv6 says when it is asked for it. */
const noIpv6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']);

const bind = async (socket: Socket, port: number): Promise<Socket> => {
  socket.bind({ port, exclusive: true });
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
    return [await bind(createSocket({ type: 'udp6', ipv6Only: true }), port)];
  } catch (error) {
    if (error instanceof Error && 'code' in error && noIpv6.has(String(error.code))) return [];
    throw error;
  }
};

const close = (socket: Socket): Promise<void> => new Promise((done) => socket.close(done));

/** Opens UDP on IPv4, and on IPv6 where the machine has it. Rejects when the port is taken. */
export const openSockets = async (wanted: number): Promise<Sockets> => {
  await using open = new AsyncDisposableStack();
  const ipv4 = open.adopt(await bind(createSocket('udp4'), wanted), close);
  const { port } = ipv4.address();
  const ipv6 = await bindIpv6(port);
  for (const socket of ipv6) open.adopt(socket, close);
  const opened = open.move();

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
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
