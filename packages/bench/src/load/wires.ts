import { CONNECTED, connectPacket, publishPacket, SUBSCRIBED, subscribePacket } from './mqtt.ts';
import { textFrame, upgrade } from './websocket.ts';

/** Something a client sends before it talks, and what the answer must hold before it goes on. */
export type Step = { readonly send: string | Buffer; readonly until: string };

/** How a client of a server comes in, and how it talks. What it reads is found in the bytes. */
export type Wire = {
  readonly greeting: (name: string) => readonly Step[];
  /** The bytes that say `text` to the room. */
  readonly say: (text: string) => Buffer;
};

/** The room of all wires that name one. */
const ROOM = 'bench';

const line = (object: object): string => `${JSON.stringify(object)}\n`;

/** How a program that speaks Partyline's JSON logs in, and what the answer holds when it is in. */
export const login = (nickname: string): string => line({ type: 'login', nickname });
export const loggedIn = '"success":true';

export const wires = {
  'plain lines': {
    greeting: () => [],
    say: (text) => Buffer.from(`${text}\n`),
  },
  'partyline json': {
    greeting: (nickname) => [{ send: login(nickname), until: loggedIn }],
    say: (message) => Buffer.from(line({ type: 'broadcast', message })),
  },
  'partyline text': {
    greeting: (nickname) => [
      { send: `${nickname}\n`, until: 'Choose a nickname' },
      // Success is silent, so it asks for something.
      { send: '/topic\n', until: 'has no topic' },
    ],
    say: (text) => Buffer.from(`${text}\n`),
  },
  'partyline websocket': {
    greeting: (nickname) => [
      { send: upgrade('/', 'partyline.v1'), until: '\r\n\r\n' },
      { send: textFrame(JSON.stringify({ type: 'login', nickname })), until: loggedIn },
    ],
    say: (message) => textFrame(JSON.stringify({ type: 'broadcast', message })),
  },
  websocket: {
    greeting: () => [{ send: upgrade('/'), until: '\r\n\r\n' }],
    say: textFrame,
  },
  'socket.io': {
    greeting: () => [
      { send: upgrade('/socket.io/?EIO=4&transport=websocket'), until: '"sid"' },
      { send: textFrame('40'), until: '40{"sid"' },
    ],
    say: (text) => textFrame(`42${JSON.stringify(['chat message', text])}`),
  },
  irc: {
    greeting: (nick) => [
      { send: `NICK ${nick}\r\nUSER ${nick} 0 * :${nick}\r\n`, until: ' 001 ' },
      { send: `JOIN #${ROOM}\r\n`, until: ' 366 ' },
    ],
    say: (text) => Buffer.from(`PRIVMSG #${ROOM} :${text}\r\n`),
  },
  mqtt: {
    greeting: (name) => [
      { send: connectPacket(name), until: CONNECTED },
      { send: subscribePacket(ROOM), until: SUBSCRIBED },
    ],
    say: (text) => publishPacket(ROOM, text),
  },
  nats: {
    greeting: () => [
      { send: `CONNECT {"verbose":false}\r\nSUB ${ROOM} 1\r\nPING\r\n`, until: 'PONG' },
    ],
    say: (text) => Buffer.from(`PUB ${ROOM} ${Buffer.byteLength(text)}\r\n${text}\r\n`),
  },
} as const satisfies Record<string, Wire>;

export type WireName = keyof typeof wires;
