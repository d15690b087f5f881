import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { expect } from 'vitest';

type Heard = { readonly name: string; readonly args: readonly unknown[] };

/** A client of `socket.io-client` as pages have it. */
export class SocketIoClient implements Disposable {
  readonly socket: Socket;
  /** All that it was told, but for offsets. */
  readonly heard: Heard[] = [];

  constructor(url: string, options: Partial<ManagerOptions & SocketOptions> = {}) {
    this.socket = io(url, {
      ...{ forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200 },
      ...options,
    });
    this.socket.onAny((name: string, ...args: unknown[]) => this.heard.push({ name, args }));
  }

  /** Resolved when the client is in. */
  async in(): Promise<this> {
    await this.told('welcome');
    return this;
  }

  /** The first thing that it was told by an event, and that is like this. */
  async told(name: string, like: object | string = {}): Promise<readonly unknown[]> {
    const find = (): Heard | undefined =>
      this.heard.find((it) => it.name === name && isLike(it, like));
    await expect.poll(find, { timeout: 20_000 }).toBeDefined();
    return find()?.args ?? [];
  }

  /** The texts of messages, in the order in which they came. */
  texts(name = 'chat message'): readonly unknown[] {
    return this.heard.flatMap((it) => (it.name === name ? [it.args[0]] : []));
  }

  [Symbol.dispose](): void {
    this.socket.disconnect();
  }
}

const isLike = ({ args }: Heard, like: object | string): boolean => {
  const [first] = args;
  if (typeof like === 'string') return first === like;
  return Object.entries(like).every(
    ([name, value]) => (first as Record<string, unknown> | undefined)?.[name] === value,
  );
};
