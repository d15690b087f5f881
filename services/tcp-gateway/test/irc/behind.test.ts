import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../client.ts';
import { type System, startSystem } from '../system.ts';
import { IrcClient } from './irc-client.ts';

// Unix sockets: their buffers are small, so that little is enough to fall behind.
let system: System;
beforeAll(async () => {
  system = await startSystem({
    PARTYLINE_TCP_LISTENERS: 'irc+unix:irc.sock irc+tcp://127.0.0.1:0 json+tcp://127.0.0.1:0',
    PARTYLINE_HIGH_WATER_BYTES: '65536',
    PARTYLINE_FLOOD_PER_SECOND: '0',
  });
});
afterAll(() => system[Symbol.asyncDispose]());

/** A client that comes in, and then reads no more until it is asked for what it was sent. */
const sleeper = async (nick: string, caps: string): Promise<Socket> => {
  const socket = connect({ path: `${system.folder}/irc.sock` });
  const request = caps === '' ? [] : [`CAP REQ :${caps}`, 'CAP END'];
  socket.write([...request, `NICK ${nick}`, `USER ${nick} 0 * :x`, ''].join('\r\n'));
  let heard = '';
  while (!heard.includes(' 366 ')) heard += String((await once(socket, 'data'))[0]);
  socket.pause();
  return socket;
};

/** What it is sent from then on, up to what fits, or to the end of the connection. */
const awake = async (socket: Socket, pattern: RegExp): Promise<string> => {
  let heard = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) {
    heard += chunk;
    if (pattern.test(heard.slice(-8_000))) break;
  }
  return heard;
};

const TEXTS = 300;
const text = (n: number): string => `${n} ${'x'.repeat(3_000)}`;
const numbersIn = (heard: string): readonly number[] =>
  Array.from(heard.matchAll(/PRIVMSG #lobby :(\d+) x/g), (found) => Number(found[1]));
const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1);

describe('who falls behind', () => {
  test('is given all of it later if it knows times, and else what it was owed, and why that is all', async () => {
    const knowing = await sleeper('knowing', 'server-time batch');
    const old = await sleeper('old', '');
    using ann = await Client.connect(system.portOf('json+tcp'));
    ann.say('{"type":"login","nickname":"ann"}');
    for (const n of upTo(TEXTS))
      ann.say(JSON.stringify({ type: 'broadcast', message: text(n), id: `m${n}` }));
    for (let line = await ann.hear(); line !== undefined; line = await ann.hear())
      if (line.includes('"ack"') && line.includes(`"m${TEXTS}"`)) break;

    const given = numbersIn(await awake(knowing, new RegExp(`:${TEXTS} x[^]*\\n$`)));
    expect(given).toEqual(upTo(TEXTS));
    const heard = await awake(old, /never/);
    const owed = numbersIn(heard);
    expect(owed.length).toBeGreaterThan(0);
    expect(owed.length).toBeLessThan(TEXTS);
    expect(owed).toEqual(upTo(owed.length));
    expect(heard.trimEnd().split('\r\n').at(-1)).toBe(
      'ERROR :Closing Link: old (You stopped reading for too long. Come back and resume.)',
    );
  });
});

test('ids of messages mean the same after chat-core was killed', async () => {
  const caps = 'batch draft/chathistory echo-message message-tags server-time';
  using ann = await IrcClient.enter(system.portOf('irc+tcp'), 'ann2', caps);
  await ann.ask('JOIN #log', 'MONITOR + eve2');
  for (const said of ['one', 'two', 'three']) ann.send(`PRIVMSG #log :${said}`);
  const idOf = (line: string): string => /msgid=([^; ]+)/.exec(line)?.[1] ?? '';
  const ids = (await ann.until(/ :three$/)).filter((it) => it.includes('PRIVMSG #log')).map(idOf);
  expect(ids).toHaveLength(3);

  await system.restartCore();
  ann.send('PRIVMSG #log :four');
  await ann.until(/ :four$/);
  const asked = async (what: string): Promise<readonly string[]> =>
    (await ann.ask(`CHATHISTORY ${what}`)).filter((it) => it.includes('PRIVMSG #log'));
  expect((await asked('LATEST #log * 10')).map(idOf).slice(0, 3)).toEqual(ids);
  expect((await asked(`AFTER #log msgid=${ids[1]} 10`)).map((it) => it.split(' :').at(-1))).toEqual(
    ['three', 'four'],
  );
  // Nor is it forgotten whom somebody monitors.
  using eve = await IrcClient.enter(system.portOf('irc+tcp'), 'eve2');
  expect((await ann.until(/ 730 /)).at(-1)).toContain(' 730 ann2 eve2!');
  eve.send('QUIT');
  await ann.until(/ 731 /);
  expect((await asked(`BEFORE #log msgid=${ids[1]} 10`)).map(idOf)).toEqual([ids[0]]);
});
