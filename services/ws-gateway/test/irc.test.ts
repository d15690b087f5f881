import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Client } from './client.ts';
import { type System, startSystem, urlOf } from './program.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.[Symbol.asyncDispose]());

/** An IRC client over WebSocket: a line a message. */
class IrcClient implements Disposable {
  readonly webSocket: WebSocket;
  readonly lines: string[] = [];
  readonly binary: boolean[] = [];

  constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('message', (data, isBinary) => {
      this.lines.push(String(data));
      this.binary.push(isBinary);
    });
  }

  static async connect(url: string, subprotocols: string[]): Promise<IrcClient> {
    const client = new IrcClient(new WebSocket(url.replace('http:', 'ws:'), subprotocols));
    await once(client.webSocket, 'open');
    return client;
  }

  async enter(nick: string): Promise<void> {
    // As clients that end their lines as over TCP do.
    this.webSocket.send(`NICK ${nick}\r\n`);
    this.webSocket.send(`USER ${nick} 0 * :${nick}`);
    await this.told(/^:\S+ 001 /);
  }

  async told(line: RegExp): Promise<string> {
    await expect.poll(() => this.lines.some((it) => line.test(it)), { timeout: 10_000 }).toBe(true);
    return this.lines.find((it) => line.test(it)) ?? '';
  }

  [Symbol.dispose](): void {
    this.webSocket.terminate();
  }
}

describe('IRC over WebSocket', () => {
  it('is spoken under its two subprotocols, a line a message, with everybody else', async () => {
    await using gateway = await system.startGateway();
    using ann = await IrcClient.connect(urlOf(gateway), ['text.ircv3.net', 'binary.ircv3.net']);
    using bob = await IrcClient.connect(urlOf(gateway), ['binary.ircv3.net']);
    using program = await Client.connect(urlOf(gateway));
    expect(ann.webSocket.protocol).toBe('text.ircv3.net');
    expect(bob.webSocket.protocol).toBe('binary.ircv3.net');
    await program.login('program');
    await ann.enter('ann');
    await bob.enter('bob');
    for (const irc of [ann, bob]) irc.webSocket.send('JOIN #lobby');
    await ann.told(/^:bob!\S+ JOIN /);

    ann.webSocket.send('PRIVMSG #lobby :héllo 聊');
    expect(await bob.told(/ PRIVMSG #lobby /)).toMatch(/^:ann!\S+ PRIVMSG #lobby :héllo 聊$/);
    expect(await program.next('broadcast')).toMatchObject({ nickname: 'ann', message: 'héllo 聊' });
    bob.webSocket.send(Buffer.from('PRIVMSG #lobby :and back\r\n'));
    expect(await ann.told(/and back/)).toMatch(/^:bob!\S+ PRIVMSG #lobby :and back$/);

    expect(ann.binary).not.toContain(true);
    expect(bob.binary).not.toContain(false);
    for (const { lines } of [ann, bob]) expect(lines.filter((it) => /[\r\n]/.test(it))).toEqual([]);

    bob.webSocket.send(Buffer.from([0x50, 0x49, 0x4e, 0x47, 0x20, 0xff]));
    bob.webSocket.send('PING still-there');
    await bob.told(/PONG \S+ :?still-there$/);
    ann.webSocket.send(`PRIVMSG #lobby :${'x'.repeat(600)}`);
    await ann.told(/^:\S+ 417 ann /);

    ann.webSocket.send('QUIT :bye');
    const [code] = await once(ann.webSocket, 'close');
    expect(code).toBe(1000);
    expect(ann.lines.at(-1)).toMatch(/^ERROR /);
    await bob.told(/^:ann!\S+ QUIT/);
  });

  it('lets nobody put two commands into one message', async () => {
    await using gateway = await system.startGateway();
    using eve = await IrcClient.connect(urlOf(gateway), ['text.ircv3.net']);
    using ben = await IrcClient.connect(urlOf(gateway), ['text.ircv3.net']);
    await eve.enter('eve');
    await ben.enter('ben');
    for (const irc of [eve, ben]) irc.webSocket.send('JOIN #calm');
    await eve.told(/^:ben!\S+ JOIN /);
    eve.webSocket.send('PRIVMSG #calm :one\r\nTOPIC #calm :smuggled');
    expect(await ben.told(/smuggled/)).toMatch(/^:eve!\S+ PRIVMSG #calm :TOPIC #calm :smuggled$/);
    expect(ben.lines.filter((it) => /[\r\n]|^:\S+ TOPIC /.test(it))).toEqual([]);
  });
});
