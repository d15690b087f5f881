import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';

/** Somebody at the other end of a line, as `nc` is: what comes is heard line by line. */
export class Client implements Disposable {
  readonly socket: Socket;
  readonly #lines: AsyncIterator<string>;

  private constructor(socket: Socket) {
    this.socket = socket;
    // A test that resets its connection expects it to break.
    socket.on('error', () => {});
    this.#lines = createInterface(socket)[Symbol.asyncIterator]();
  }

  /** With `tls`, by TLS. */
  static async connect(port: number, tls?: ConnectionOptions): Promise<Client> {
    const at = { port, host: '127.0.0.1' };
    const socket =
      tls === undefined
        ? connect(at)
        : connectSecurely({ ...at, rejectUnauthorized: false, ...tls });
    const client = new Client(socket);
    await once(socket, tls === undefined ? 'connect' : 'secureConnect');
    return client;
  }

  say(line: string): void {
    this.socket.write(`${line}\n`);
  }

  /** The next line; undefined once the server has ended the connection. */
  async hear(): Promise<string | undefined> {
    const { done, value } = await this.#lines.next();
    return done ? undefined : value;
  }

  /** Says no more. */
  end(): void {
    this.socket.end();
  }

  break(): void {
    this.socket.resetAndDestroy();
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
