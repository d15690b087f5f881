import { limits } from '@partyline/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from './client.ts';
import { jsonCases, textCases } from './hostile-input.ts';
import { ask, hear } from './objects.ts';
import { type System, startSystem } from './system.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem({ PARTYLINE_FLOOD_PER_SECOND: '0' });
});
afterAll(() => system[Symbol.asyncDispose]());

let people = 0;
const newNick = (): string => `p${people++}`;

/** A program that is logged in. */
const program = async (nickname = newNick()): Promise<Client> => {
  const client = await Client.connect(system.ports.json);
  ask(client, { type: 'login', nickname });
  await hear(client, 'login');
  return client;
};

/** A person who has come in. */
const person = async (nickname = newNick()): Promise<Client> => {
  const client = await Client.connect(system.ports.text);
  client.say(nickname);
  client.say('/topic');
  await lineLike(client, /topic/);
  return client;
};

const lineLike = async (client: Client, wanted: RegExp): Promise<string> => {
  for (;;) {
    const line = await client.hear();
    if (line === undefined) throw new Error('the connection ended');
    if (wanted.test(line)) return line;
  }
};

const send = (client: Client, sent: string | Buffer): void => {
  client.socket.write(sent);
  client.socket.write('\n');
};

test.each(jsonCases)('json: $what', async (it) => {
  using ann = await program();
  using bob = await program();
  send(ann, it.sent);
  if ('code' in it) {
    const { code, message } = await hear(ann, 'error');
    expect({ code, told: String(message).length > 0 }).toEqual({ code: it.code, told: true });
  } else if ('shown' in it)
    expect(await hear(bob, 'broadcast')).toMatchObject({ message: it.shown });
  else expect(await hear(ann, String(Object.values(it.answer)[0]))).toMatchObject(it.answer);
  ask(ann, { type: 'ping', id: 'still here' });
  expect(await hear(ann, 'pong')).toEqual({ type: 'pong', id: 'still here' });
});

test.each(textCases)('text: $what', async (it) => {
  using bob = await program();
  using ann = await person();
  send(ann, it.sent);
  if ('line' in it) expect(await lineLike(ann, /\S/)).toBe(it.line);
  else expect(await hear(bob, 'broadcast')).toMatchObject({ message: it.shown });
  ann.say('still here');
  for (;;) if ((await hear(bob, 'broadcast')).message === 'still here') break;
});

/** A request of every type that takes a text from its sender. */
const requests = (text: string): readonly object[] => [
  { type: 'broadcast', message: text, room: text, kind: 'action' },
  { type: 'broadcast', message: text },
  { type: 'broadcast', message: text, kind: 'action' },
  { type: 'broadcast', message: 'm', id: text },
  { type: 'p2p', to: text, message: 'm' },
  { type: 'p2p', to: 'witness', message: text },
  { type: 'edit', ref: 1, message: text },
  { type: 'react', ref: 1, reaction: text },
  { type: 'rename', nickname: text },
  { type: 'away', text },
  { type: 'join', room: text },
  { type: 'part', room: text },
  { type: 'topic', text },
  { type: 'topic', room: text, text: 't' },
  { type: 'configure', room: text, visibility: text },
  { type: 'invite', nickname: text, room: text },
  { type: 'typing', room: text },
  { type: 'list', room: text },
  { type: 'history', room: text },
  { type: 'search', query: text },
  { type: 'search', query: 'q', room: text },
  { type: 'identify', nickname: text, password: text },
  { type: 'command', name: text, args: text, room: text },
  { type: 'kick', nickname: text, room: text, reason: text },
  { type: 'ban', who: text, room: text, reason: text },
  { type: 'unban', who: text },
  { type: 'mute', nickname: text, reason: text },
  { type: 'unmute', nickname: text },
  { type: 'role', nickname: text, role: text },
  { type: 'ping', id: text },
  { type: text },
  { type: 'quit', reason: text },
];

test('no member of any type puts a line, or a control character, on another wire', async () => {
  using witness = await person('witness');
  using ann = await program('ann');
  const forged =
    'x\r\nmallory:forged\nmallory:forged\rmallory:forged\u2028mallory:forged\0\u0007\u001b[2J\u009b31m\u0085\u202e';
  for (const request of requests(forged)) ask(ann, request);
  using late = await program('late');
  // Two of them reach everybody at least; the last tells that all before it were heard.
  ask(late, { type: 'broadcast', message: 'the end' });
  const heard: string[] = [];
  while (!heard.at(-1)?.includes('the end')) heard.push(await lineLike(witness, /\S/));
  expect(heard.filter((it) => it.includes('forged')).length).toBeGreaterThan(2);
  for (const line of heard) {
    expect(line.startsWith('mallory')).toBe(false);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
  }
});

test('a room over the limit is refused by its name, and the hundred before stay', async () => {
  using ann = await program();
  for (let n = 1; n < limits.roomsPerSession; n += 1) ask(ann, { type: 'join', room: `room-${n}` });
  ask(ann, { type: 'join', room: 'one-more' });
  expect(await hear(ann, 'error')).toMatchObject({
    code: 'rooms-too-many',
    message: `You can be in at most ${limits.roomsPerSession} rooms.`,
  });
  ask(ann, { type: 'broadcast', room: 'room-99', message: 'here' });
  expect(await hear(ann, 'broadcast')).toMatchObject({ room: 'room-99', message: 'here' });
});

test('joins, parts and topics without end leave nothing behind but the topics, and others talk on', async () => {
  using ann = await program();
  using bob = await program();
  const rounds = 100;
  for (let n = 0; n < rounds; n += 1) {
    ask(ann, { type: 'join', room: 'revolving' });
    ask(ann, { type: 'part', room: 'revolving' });
    if (n % 10 === 0) ask(ann, { type: 'topic', text: `about ${n}` });
    if (n % 50 === 0) {
      ask(bob, { type: 'ping', id: `${n}` });
      expect(await hear(bob, 'pong')).toEqual({ type: 'pong', id: `${n}` });
    }
  }
  while ((await hear(ann, 'topic')).text !== `about ${rounds - 10}`);
  ask(ann, { type: 'history', room: 'lobby', limit: 1 });
  expect(await hear(ann, 'history')).toMatchObject({
    events: [{ text: `about ${rounds - 10}` }],
  });
  ask(ann, { type: 'join', room: 'revolving' });
  ask(ann, { type: 'history', room: 'revolving', limit: 1 });
  expect(await hear(ann, 'history')).toMatchObject({ head: 0, events: [] });
});
