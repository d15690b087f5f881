import type { ConnectionOptions } from 'node:tls';
import { Client } from '../client.ts';

/** An IRC client that knows when an answer is whole: a line sent after it is answered after it. */
export class IrcClient implements Disposable {
  readonly #client: Client;
  #marks = 0;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async connect(port: number, tls?: ConnectionOptions): Promise<IrcClient> {
    return new IrcClient(await Client.connect(port, tls));
  }

  /** A client that has come in, and has heard its welcome. */
  static async enter(port: number, nick: string, caps = ''): Promise<IrcClient> {
    const client = await IrcClient.connect(port);
    client.send('CAP LS 302', `NICK ${nick}`, `USER ${nick} 0 * :${nick}`);
    if (caps !== '') client.send(`CAP REQ :${caps}`);
    client.send('CAP END');
    await client.until(/ 366 /);
    await client.rest();
    return client;
  }

  send(...lines: readonly string[]): void {
    for (const line of lines) this.#client.say(line);
  }

  /** What comes until a line fits, with it; less when the server ends the connection. */
  async until(pattern: RegExp): Promise<readonly string[]> {
    const heard: string[] = [];
    for (;;) {
      const line = await this.#client.hear();
      if (line === undefined) return heard;
      heard.push(line);
      if (pattern.test(line)) return heard;
    }
  }

  /** What lines are answered with, all of it. */
  async ask(...lines: readonly string[]): Promise<readonly string[]> {
    this.send(...lines);
    return this.rest();
  }

  /** Everything that is owed by now. */
  async rest(): Promise<readonly string[]> {
    const mark = `mark${this.#marks++}`;
    this.send(`PING ${mark}`);
    const heard = await this.until(new RegExp(` PONG \\S+ ${mark}$`));
    return heard.slice(0, -1);
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]();
  }
}

/** The command or numeric of a line, without tags and source. */
export const commandOf = (line: string): string =>
  /^(?:@\S+ )?(?::\S+ )?(\S+)/.exec(line)?.[1] ?? '';
