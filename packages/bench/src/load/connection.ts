import { connect, type NetConnectOpts } from 'node:net';
import { connect as connectTls, type ConnectionOptions as TlsOptions } from 'node:tls';
import type { Step } from './wires.ts';

/** Where a server listens: a TCP port of this machine, over TLS or not, or a Unix socket; and from where to come. */
export type Target =
  | { readonly port: number; readonly localAddress?: string; readonly overTls?: true }
  | { readonly path: string };

export type ConnectionOptions = {
  readonly target: Target;
  readonly greeting: readonly Step[];
  /** What is read after the greeting; the bytes are overwritten when it returns. */
  readonly onBytes: (bytes: Buffer) => void;
  /** The connection ended, or what was read was wrong. */
  readonly onEnd: (why: Error) => void;
};

export type Connection = { readonly write: (bytes: Buffer) => void };

/** Enough for what the kernel gives at once. All connections of the process read into it, in turn. */
const shared = Buffer.allocUnsafe(262_144);

/** Connects and goes through the greeting. */
export const openConnection = (options: ConnectionOptions): Promise<Connection> => {
  const { target, greeting, onBytes, onEnd } = options;
  const { promise, resolve, reject } = Promise.withResolvers<Connection>();
  const fail = (why: Error): void => {
    reject(why);
    onEnd(why);
  };
  let step = 0;
  let heard = '';
  const sendStep = (): void => {
    const next = greeting[step];
    if (next !== undefined) socket.write(next.send);
    else resolve({ write: (bytes) => void socket.write(bytes) });
  };
  const take = (bytes: Buffer): void => {
    const current = greeting[step];
    if (current === undefined) {
      onBytes(bytes);
      return;
    }
    heard += bytes.toString('latin1');
    if (!heard.includes(current.until)) return;
    heard = '';
    step += 1;
    sendStep();
  };
  const overTls = 'overTls' in target;
  const at: NetConnectOpts & TlsOptions = {
    host: '127.0.0.1',
    ...target,
    noDelay: true,
    // The certificate is the server's own.
    rejectUnauthorized: false,
    onread: {
      buffer: shared,
      callback: (length) => {
        try {
          take(shared.subarray(0, length));
        } catch (error) {
          fail(error as Error);
        }
        return true;
      },
    },
  };
  const socket = overTls ? connectTls(at) : connect(at);
  socket.once(overTls ? 'secureConnect' : 'connect', sendStep);
  socket.once('error', fail);
  socket.once('close', () =>
    fail(new Error(`the server closed a connection; ${heard.slice(-300)}`)),
  );
  return promise;
};
