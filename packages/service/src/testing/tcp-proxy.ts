import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What becomes of a connection through a proxy after some bytes were passed on, or not. */
export type Verdict = 'pass' | 'swallow' | 'cut';

/** One connection through the proxy; whoever watches keeps what it knows of it. */
export type Watch = {
  /** Bytes of the client, before the server has them. */
  readonly up: (bytes: Buffer) => Verdict;
  /** Bytes of the server, before the client has them. */
  readonly down: (bytes: Buffer) => Verdict;
};

/** A way to a server on this machine that is watched, and cut at will. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
}

const carry = (from: Socket, to: Socket, judge: (bytes: Buffer) => Verdict): void => {
  from.on('data', (bytes: Buffer) => {
    const verdict = judge(bytes);
    if (verdict === 'pass') to.write(bytes);
    if (verdict !== 'cut') return;
    from.destroy();
    to.destroy();
  });
  from.on('end', () => to.end());
  from.on('close', () => to.destroy());
  from.on('error', () => {});
};

/** Starts a proxy before a port of this machine; each connection gets a watch of its own. */
export const startTcpProxy = async (port: number, watch: () => Watch): Promise<TcpProxy> => {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ port, host: '127.0.0.1' });
    for (const it of [client, upstream]) {
      sockets.add(it.setNoDelay(true));
      it.once('close', () => sockets.delete(it));
    }
    const { up, down } = watch();
    carry(client, upstream, up);
    carry(upstream, client, down);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const it of sockets) it.destroy();
      await once(server, 'close');
    },
  };
};
