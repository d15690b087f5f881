import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'ws';

export type Message = { readonly type: string; readonly [member: string]: unknown };

/** A program that talks partyline.v1. */
export class Client implements Disposable {
  readonly webSocket: WebSocket;
  /** What it was told and has not looked at. */
  readonly #told: Message[] = [];
  readonly closed: Promise<number>;

  constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('message', (data) => this.#told.push(JSON.parse(String(data))));
    webSocket.on('error', () => undefined);
    this.closed = once(webSocket, 'close').then(([code]) => code);
  }

  static async connect(url: string, perMessageDeflate = false): Promise<Client> {
    const at = url.replace('http:', 'ws:');
    const client = new Client(new WebSocket(at, 'partyline.v1', { perMessageDeflate }));
    await once(client.webSocket, 'open');
    return client;
  }

  send(message: object): void {
    this.webSocket.send(JSON.stringify(message));
  }

  /** The next message of a type; those before it are dropped. */
  async next(type: string): Promise<Message> {
    for (;;) {
      const message = this.#told.shift();
      if (message?.type === type) return message;
      if (message !== undefined) continue;
      if (this.webSocket.readyState === WebSocket.CLOSED)
        throw new Error(`closed before ${type} came`);
      await Promise.race([once(this.webSocket, 'message'), this.closed]);
      await setImmediate();
    }
  }

  async login(nickname: string): Promise<Message> {
    this.send({ type: 'login', nickname });
    return this.next('login');
  }

  [Symbol.dispose](): void {
    this.webSocket.terminate();
  }
}
