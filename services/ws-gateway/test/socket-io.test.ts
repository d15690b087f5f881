import type { ServiceProcess } from '@partyline/service/testing';
import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { type System, startSystem, urlOf } from './program.ts';
import { SocketIoClient } from './socket-io-client.ts';

let system: System;
let gateway: ServiceProcess;
let url: string;
const opened: Disposable[] = [];

beforeAll(async () => {
  system = await startSystem();
  gateway = await system.startGateway();
  url = urlOf(gateway);
});
afterEach(() => {
  for (const client of opened.splice(0)) client[Symbol.dispose]();
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await system?.[Symbol.asyncDispose]();
});

type Options = Partial<ManagerOptions & SocketOptions>;

const connect = (options?: Options): SocketIoClient => {
  const client = new SocketIoClient(url, options);
  opened.push(client);
  return client;
};
const comeIn = (nickname: string, options?: Options): Promise<SocketIoClient> =>
  connect({ auth: { nickname }, ...options }).in();

/** A program that talks partyline.v1. */
const program = async (nickname: string): Promise<Client> => {
  const client = await Client.connect(url);
  opened.push(client);
  await client.login(nickname);
  return client;
};

/** Who is called what is new in every test. */
let people = 0;
const called = (name: string): string => `${name}${people++}`;

describe.each([
  { by: 'WebSocket', transports: ['websocket'] },
  { by: 'polling', transports: ['polling'] },
  { by: 'both', transports: ['polling', 'websocket'] },
])('a Socket.IO client by $by', ({ transports }) => {
  it('takes part with the three lines of a classic page, and never hears itself', async () => {
    const other = await connect({ transports }).in();
    const bob = called('bob');
    const json = await program(bob);
    const page = connect({ transports });
    page.socket.emit('chat message', 'hi');
    expect(await json.next('broadcast')).toMatchObject({ message: 'hi' });
    expect(await other.told('chat message', 'hi')).toMatchObject(['hi', { room: 'lobby' }, {}]);

    json.send({ type: 'broadcast', message: 'hello' });
    const heard = await page.told('chat message', 'hello');
    expect(heard).toMatchObject(['hello', { nickname: bob }, {}]);
    expect(page.texts()).toEqual(['hello']);
  });

  it('goes on where it was when its connection breaks, and misses nothing', async () => {
    const [ann, bob] = [called('ann'), called('bob')];
    const page = await comeIn(ann, { transports });
    const json = await program(bob);
    json.send({ type: 'broadcast', message: 'before' });
    await page.told('chat message', 'before');
    page.socket.io.engine.close();
    for (const message of ['one', 'two']) json.send({ type: 'broadcast', message });
    json.send({ type: 'p2p', to: ann, message: 'in private' });
    await page.told('chat message', 'two');
    await page.told('private message', { message: 'in private' });
    json.send({ type: 'broadcast', message: 'after' });
    await page.told('chat message', 'after');
    expect(page.socket.recovered).toBe(true);
    expect(page.texts()).toEqual(['before', 'one', 'two', 'after']);
    expect(page.texts('private message')).toHaveLength(1);

    // Once more, with the private message behind it: it is not told again.
    page.socket.io.engine.close();
    json.send({ type: 'broadcast', message: 'at last' });
    await page.told('chat message', 'at last');
    expect(page.texts('private message')).toHaveLength(1);
  });

  it('misses nothing though it had heard nothing yet', async () => {
    const page = await comeIn(called('ann'), { transports });
    const json = await program(called('bob'));
    page.socket.io.engine.close();
    json.send({ type: 'broadcast', message: 'missed' });
    expect(await page.told('chat message', 'missed')).toHaveLength(3);
    expect(page.socket.recovered).toBe(true);
  });
});

describe('the classic chat demo', () => {
  it('shows who came, what they said, who types and who left', async () => {
    const [ann, bob] = [called('ann'), called('bob')];
    const one = await connect().in();
    const two = await connect().in();
    one.socket.emit('add user', ann);
    const [login] = await one.told('login');
    expect(login).toMatchObject({ numUsers: expect.any(Number), nickname: ann });
    two.socket.emit('add user', bob);
    expect(await one.told('user joined', { username: bob })).toMatchObject([
      { numUsers: expect.any(Number) },
    ]);
    two.socket.emit('typing');
    await one.told('typing', { username: bob });
    two.socket.emit('new message', 'hello');
    await one.told('new message', { username: bob, message: 'hello' });
    expect(two.texts('new message')).toEqual([]);
    two.socket.emit('stop typing');
    await one.told('stop typing', { username: bob });
    two.socket.disconnect();
    await one.told('user left', { username: bob });
    expect(one.texts('problem')).toEqual([]);
  });

  it('takes names that nobody here may have, and names that are taken', async () => {
    const name = called('Ann Bee');
    const one = await connect().in();
    one.socket.emit('add user', name);
    const nickname = name.replace(' ', '_');
    expect(await one.told('login')).toMatchObject([{ nickname }]);
    const two = await connect().in();
    two.socket.emit('add user', nickname);
    expect(await two.told('login')).toMatchObject([{ nickname: `${nickname}_2` }]);
    // As the demo does when it is connected again.
    one.socket.emit('add user', name);
    await expect.poll(() => one.texts('login')).toMatchObject([{ nickname }, { nickname }]);
  });
});

describe('a page that knows more', () => {
  it('has names, rooms, private messages, who is online, and acknowledgements of it all', async () => {
    const [ann, bob, room] = [called('ann'), called('bob'), called('den')];
    const one = (await comeIn(ann)).socket;
    const two = await comeIn(bob);
    const said = await one.emitWithAck('chat message', 'first');
    expect(said).toMatchObject({ ok: true, room: 'lobby', id: expect.any(String) });
    expect(await two.told('chat message', 'first')).toMatchObject([
      'first',
      { nickname: ann, id: said.id, seq: said.seq },
      {},
    ]);
    // The same id again is the same message.
    const again = await one.emitWithAck('chat message', 'first', said.id);
    expect(again).toEqual(said);

    // It begins like a slash command, which nobody serves here.
    expect(await one.emitWithAck('chat message', '/shrug')).toMatchObject({ ok: true });
    await two.told('chat message', '/shrug');

    expect(await one.emitWithAck('join', room)).toMatchObject({ ok: true, room });
    await two.socket.emitWithAck('join', room);
    await one.emitWithAck('chat message', 'in the den');
    expect(await two.told('chat message', 'in the den')).toMatchObject([{}, { room }, {}]);
    const { users } = await one.emitWithAck('online');
    expect(users).toEqual(expect.arrayContaining([ann, bob]));
    expect(await one.emitWithAck('leave', room)).toMatchObject({ ok: true });

    expect(await one.emitWithAck('private message', bob, 'psst')).toMatchObject({ ok: true });
    await two.told('private message', { from: ann, to: bob, message: 'psst' });
    expect(await one.emitWithAck('private message', 'nobody', 'psst')).toMatchObject({
      ...{ ok: false, code: 'nick-unknown' },
    });
    const renamed = called('anna');
    expect(await one.emitWithAck('nickname', renamed)).toMatchObject({ ok: true });
    await two.told('user renamed', { username: renamed, was: ann });
  });

  it('registers a name with its password, and comes in with them', async () => {
    const [name, password] = [called('ann'), 'correct horse'];
    const one = await connect().in();
    expect(await one.socket.emitWithAck('register', name, password)).toMatchObject({
      ...{ ok: true, nickname: name },
    });
    one.socket.disconnect();
    const refused = connect({ auth: { nickname: name, password: 'wrong horse' } });
    const error = await new Promise<Error & { data?: object }>((resolve) =>
      refused.socket.on('connect_error', resolve),
    );
    expect(error).toMatchObject({
      ...{ message: 'Nickname or password is wrong.', data: { code: 'password-wrong' } },
    });
    refused.socket.auth = { nickname: name, password };
    refused.socket.connect();
    expect(await refused.told('welcome')).toMatchObject([{ nickname: name }, {}]);
    const guest = await connect().in();
    expect(await guest.socket.emitWithAck('login', name, password)).toMatchObject({ ok: true });
  });

  it('goes on by the token and cursors that it kept itself', async () => {
    const [ann, bob] = [called('ann'), called('bob')];
    const page = await comeIn(ann, { reconnection: false });
    const [welcome] = await page.told('welcome');
    const { resume, epoch } = welcome as { resume: string; epoch: string };
    const json = await program(bob);
    const ids: unknown[] = [];
    for (const message of ['one', 'two', 'three'])
      json.send({ type: 'broadcast', message, id: message });
    for (const _ of [1, 2, 3]) ids.push((await json.next('ack')).seq);
    await page.told('chat message', 'three');
    page.socket.io.engine.close();

    const auth = { token: resume, epoch, cursors: { lobby: ids[0] } };
    const back = await connect({ auth }).in();
    expect(await back.told('welcome')).toMatchObject([{ nickname: ann, resumed: true }, {}]);
    await back.told('chat message', 'three');
    expect(back.texts()).toEqual(['two', 'three']);
  });
});

describe('the client’s script', () => {
  it('is served as socket.io serves it', async () => {
    const answer = await fetch(`${url}/socket.io/socket.io.js`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(await answer.text()).toContain('Socket.IO v4.');
    const etag = answer.headers.get('etag') ?? '';
    const again = await fetch(`${url}/socket.io/socket.io.js`, {
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    for (const name of ['socket.io.min.js', 'socket.io.esm.min.js', 'socket.io.min.js.map'])
      expect((await fetch(`${url}/socket.io/${name}`)).status).toBe(200);
    for (const name of ['package.json', '..%2fpackage.json', 'socket.io.msgpack.js'])
      expect((await fetch(`${url}/socket.io/${name}`)).status).toBe(404);
  });
});
