import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, startSystem } from './system.ts';

let system: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  system = await startSystem({ PARTYLINE_FLOOD_PER_SECOND: '0' });
});
afterAll(() => system[Symbol.asyncDispose]());

/** An answer's body, whose members the test names. */
const readJson = async (answer: Response) =>
  (await answer.json()) as Readonly<Record<'nick' | 'next', string> & { events: unknown }>;

const json = { accept: 'application/json' };
const basic = (nick: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${nick}:${password}`).toString('base64')}`,
});

describe('curl -d', () => {
  test('says something in a room, without being seen to come and go', async () => {
    using ann = await system.inRoom('ann', 'ops');
    const answer = await system.post('/r/ops?nick=build', 'deploy done');
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe('/r/ops/1');
    expect(await answer.text()).toBe('Said in #ops as build, number 1.\n');
    expect(await ann.hear()).toBe('#ops build:deploy done');
    await system.post('/r/ops?nick=build', 'and again');
    expect(await ann.hear()).toBe('#ops build:and again');
  });

  test('makes up the same name for the same guest', async () => {
    const said = async () => readJson(await system.post('/r/names', 'x', json));
    const { nick } = await said();
    expect(nick).toMatch(/^guest-\w{5}$/);
    expect(await said()).toMatchObject({ nick, room: 'names', seq: 2 });
  });

  test('stores a message once, however often it is sent with the same key', async () => {
    const once = () => system.post('/r/once', 'hello', { ...json, 'idempotency-key': '"a1"' });
    const first = await (await once()).json();
    const repeats = await Promise.all([once(), once(), once()]);
    for (const repeat of repeats) expect(await repeat.json()).toEqual(first);
    const log = await (await system.ask('/r/once', { headers: json })).json();
    expect(log).toMatchObject({ head: 1, events: [{ message: 'hello', id: 'a1' }] });
  });

  test('takes JSON with a nickname and an id', async () => {
    const body = JSON.stringify({ message: 'from a program', nickname: 'robot', id: 'r1' });
    const answer = await system.post('/r/json', body, {
      ...json,
      'content-type': 'application/json',
    });
    expect(await answer.json()).toMatchObject({ room: 'json', seq: 1, nick: 'robot' });
  });

  test('speaks as an account to who has its password', async () => {
    using bob = await system.inRoom('bob', 'den');
    bob.say('/register correct horse');
    await bob.until('bob');
    bob.say('/room private');
    await bob.until('is kept');
    expect((await system.post('/r/den', 'knock', basic('bob', 'wrong password'))).status).toBe(403);
    expect((await system.post('/r/den?nick=eve', 'knock')).status).toBe(403);
    expect((await system.post('/r/den', 'it is me', basic('bob', 'correct horse'))).status).toBe(
      201,
    );
    expect(await bob.until('it is me')).toEqual(['#den bob:it is me']);
    expect((await system.ask('/r/den', { headers: json })).status).toBe(404);
    const inside = linesOf(
      await system.ask('/r/den?since=all', { headers: basic('bob', 'correct horse') }),
    );
    expect(await inside.until('it is me')).toEqual(['#den bob:it is me']);
    await inside.close();
  });

  test.each([
    ['/r/ops', '', 422, 'There is no text to send.'],
    ['/r/ops', ' \n', 422, 'There is no text to send.'],
    ['/r/ops', 'x'.repeat(8_001), 413, 'A message has at most 8000 characters.'],
    ['/r/ops?nick=a%20b', 'x', 422, 'A nickname is made of'],
    ['/r/ops?nick=operator', 'x', 409, 'That nickname is reserved.'],
    ['/r/no%20room', 'x', 422, 'A room name is made of'],
    ['/r/~a~b', 'x', 422, 'A room name is made of'],
    [`/r/ops?id=${'x'.repeat(65)}`, 'x', 422, 'An id has 1 to 64 characters.'],
    ['/r/ops', 'x'.repeat(32_769), 413, ''],
  ])('refuses what cannot be said, and says why: %s %#', async (path, body, status, text) => {
    const answer = await system.post(path, body);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  });

  test.each([
    ['{"message":1}', 'Member message of type message must be a string.'],
    ['[]', 'That was not a JSON object on one line.'],
    ['{', 'That was not a JSON object on one line.'],
    ['['.repeat(30_000), 'That was not a JSON object on one line.'],
    [`${'{"message":'.repeat(2_000)}1${'}'.repeat(2_000)}`, 'must be a string.'],
  ])('refuses JSON that is no message: %.20s', async (body, text) => {
    const answer = await system.post('/r/ops', body, { 'content-type': 'application/json' });
    expect(await answer.text()).toContain(`${text}\n`);
  });

  test('refuses bytes that are no text', async () => {
    const body = Buffer.from([0xff, 0xfe]);
    const answer = await system.ask('/r/ops', { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe('That was not valid UTF-8.\n');
  });

  test('does nothing for pages of other sites', async () => {
    const answer = await system.post('/r/ops', 'x', { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
    const foreign = await system.post('/r/ops', 'x', { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect((await system.post('/r/own', 'x', { origin: system.url })).status).toBe(201);
  });
});

describe('curl -N', () => {
  test('is told what is said, as people with nc are, and is online meanwhile', async () => {
    using ann = await system.inRoom('ann', 'talk');
    const rob = linesOf(await system.ask('/r/talk?nick=rob'));
    expect(await ann.hear()).toBe('#talk Welcome rob!');
    ann.say('hello');
    expect(await rob.until('hello')).toEqual(['#talk ann:hello']);
    await rob.close();
    expect(await ann.hear()).toBe('#talk Goodbye rob!');
  });

  test('has nothing written into it when what comes behind its request is none', async () => {
    await system.post('/r/behind', 'hello');
    const socket = connect(system.port, '127.0.0.1');
    let heard = '';
    socket.on('data', (it) => {
      heard += it;
    });
    socket.write('GET /r/behind?nick=ned HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\n\r\n');
    await expect.poll(() => heard).toContain('\r\n\r\n');
    const closed = once(socket, 'close');
    socket.write('no request\r\n\r\n');
    await closed;
    expect(heard.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  });

  test('goes on after what it knows: since, last, all', async () => {
    for (const text of ['one', 'two', 'three']) await system.post('/r/past', text);
    const heard = async (query: string) => {
      const stream = linesOf(await system.ask(`/r/past?${query}`));
      const lines = await stream.until('three');
      await stream.close();
      // Who came before may be seen to go meanwhile.
      return lines.flatMap((it) => /^#past guest-\w+:(.*)$/.exec(it)?.[1] ?? []);
    };
    expect(await heard('since=all')).toEqual(['one', 'two', 'three']);
    expect(await heard('since=1')).toEqual(['two', 'three']);
    expect(await heard('last=1')).toEqual(['three']);
  });

  test('reads events with cursors, as NDJSON', async () => {
    await system.post('/r/lines?nick=ann', 'one');
    const stream = linesOf(
      await system.ask('/r/lines?since=all', { headers: { accept: 'application/x-ndjson' } }),
    );
    const [opening = '', event = ''] = [await stream.next(), await stream.next()];
    expect(JSON.parse(opening)).toMatchObject({ type: 'join', room: 'lines', seq: 1 });
    expect(JSON.parse(event)).toMatchObject({ type: 'broadcast', message: 'one', seq: 1 });
    await stream.close();
  });

  test('reads server-sent events, and goes on after the last one it had', async () => {
    await system.post('/r/events?nick=ann', 'one');
    const listen = async (id: string) =>
      linesOf(
        await system.ask('/r/events?since=all', {
          headers: { accept: 'text/event-stream', ...(id !== '' && { 'last-event-id': id }) },
        }),
      );
    const first = await listen('');
    const id = (await first.until('id: ')).at(-1)?.slice('id: '.length) ?? '';
    expect(id).toMatch(/^1@[\da-f]+$/);
    await first.close();
    await system.post('/r/events?nick=ann', 'two');
    const again = await listen(id);
    const heard = await again.until('two');
    expect(heard.join()).not.toContain('"message":"one"');
    await again.close();
    const other = await listen('1@another');
    expect(await other.until('"gap"')).not.toContain('two');
    await other.close();
  });

  test('waits for the next event with poll, and says where to go on', async () => {
    await system.post('/r/poll?nick=ann', 'one');
    const waiting = system.ask('/r/poll?poll=1&since=1', { headers: json });
    const empty = await system.ask('/r/poll?poll=1&wait=0', { headers: json });
    expect(await empty.json()).toMatchObject({ events: [] });
    await system.post('/r/poll?nick=ann', 'two');
    const { events, next } = await readJson(await waiting);
    expect(events).toMatchObject([{ message: 'two', seq: 2 }]);
    const text = await system.ask(`/r/poll?poll=1&since=1@${next.split('@')[1]}`);
    expect(text.headers.get('link')).toBe(`</r/poll?poll=1&since=${next}>; rel="next"`);
    expect(await text.text()).toBe('#poll ann:two\n');
  });

  test.each([
    ['/r/nowhere', 404, 'There is no room nowhere.'],
    ['/r/lobby?since=x', 400, 'since must be a number, NUMBER@EPOCH, or all.'],
    ['/r/lobby?poll=1&wait=99', 400, 'wait must be a number from 0 to 60.'],
    ['/r/lobby?last=x', 400, 'last must be a number from 0 to 500.'],
    ['/r/lobby?nick=a%3Ab', 422, 'A nickname is made of'],
  ])('refuses what cannot be read, and says why: %s', async (path, status, text) => {
    const answer = await system.ask(path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  });
});

test('who is banned by address neither speaks nor listens', async () => {
  await using other = await startSystem();
  await other.post('/r/ops', 'before');
  expect((await other.admin('/v1/bans', { who: '127.0.0.1', reason: 'spam' })).ok).toBe(true);
  const spoken = await other.post('/r/ops', 'after');
  expect(spoken.status).toBe(403);
  expect(await spoken.text()).toContain('spam');
  expect((await other.ask('/r/ops')).status).toBe(403);
});

test('a reader that reads nothing costs its high-water mark, and misses nothing once it reads', async () => {
  // Together more than kernels hold for a connection.
  const MESSAGES = 300;
  const text = '🙂'.repeat(7_900);
  await system.post('/r/much?nick=ann', 'begin');
  const socket = connect(system.port, '127.0.0.1');
  socket.write('GET /r/much?nick=slow&since=0 HTTP/1.0\r\nHost: x\r\nAccept: text/plain\r\n\r\n');
  await once(socket, 'readable');
  for (let n = 0; n < MESSAGES; n += 25)
    await Promise.all(
      Array.from({ length: 25 }, (_, i) => system.post(`/r/much?nick=a${i}`, `${n + i} ${text}`)),
    );
  const metrics = await (await system.ask('/metrics')).text();
  const queued = Number(/^partyline_gateway_queued_bytes_max\{.*\} (\d+)/m.exec(metrics)?.[1]);
  expect(queued).toBeGreaterThan(100_000);
  // The mark, 1 MiB, and what one page of the log brings beyond it.
  expect(queued).toBeLessThan(2_000_000);

  await system.post('/r/much?nick=ann', 'the end');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) {
    chunks.push(chunk);
    if (String(chunk).endsWith('the end\n')) break;
  }
  const heard = String(Buffer.concat(chunks));
  const numbers = [...heard.matchAll(/^#much a\d+:(\d+) 🙂/gmu)].map(([, n]) => Number(n));
  expect(new Set(numbers).size).toBe(MESSAGES);
  expect(numbers).toHaveLength(MESSAGES);
});
