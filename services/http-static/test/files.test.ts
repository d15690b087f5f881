import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSystem } from './system.ts';
import { type Tus, tusClient } from './tus.ts';

let system: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  system = await startSystem({
    PARTYLINE_FILE_BYTES: '300000000',
    PARTYLINE_FILES_ADDRESS_BYTES: '400000000',
    // As it is started for those who use it.
    NODE_OPTIONS: '--max-semi-space-size=1',
  });
});
afterAll(() => system[Symbol.asyncDispose]());

type Shared = {
  seq: number;
  nick: string;
  file: { name: string; type: string; bytes: number; sha256: string; url: string };
};

const json = { accept: 'application/json' };
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Uploads as `curl -T` does. */
const put = (path: string, body: RequestInit['body'], headers: Record<string, string> = {}) =>
  system.ask(path, { method: 'PUT', body, headers, duplex: 'half' } as RequestInit);
const putJson = async (path: string, body: RequestInit['body']) =>
  (await (await put(path, body, json)).json()) as Shared;

const filesOnDisk = () => readdir(join(system.folder, 'files'));

/** The memory of the service's process now, in bytes. */
const memory = async (): Promise<number> => {
  const status = await readFile(`/proc/${system.http.child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024;
};

describe('curl -T', () => {
  test('shares a file, tells the room, and gives it back as it was', async () => {
    using ann = await system.inRoom('ann', 'share');
    const content = randomBytes(100_000);
    const answer = await put('/r/share/photo%20of%20it.bin?nick=bob', content);
    expect(answer.status).toBe(201);
    const said = await answer.text();
    expect(said).toMatch(
      /^Shared in #share as bob: http:\/\/127\.0\.0\.1:\d+\/f\/[\w-]{22}\/photo/,
    );
    const url = /http\S+/.exec(said)?.[0] ?? '';
    expect(await ann.hear()).toBe(`#share bob:photo of it.bin (100 kB) ${url}`);
    expect(new URL(url).pathname).toBe(answer.headers.get('location'));

    const back = await fetch(url);
    expect(Buffer.from(await back.arrayBuffer()).equals(content)).toBe(true);
    const digest = createHash('sha256').update(content).digest('base64');
    expect(back.headers.get('repr-digest')).toBe(`sha-256=:${digest}:`);
  });

  test('says what it is by what it holds, and serves it so that it can do nothing', async () => {
    const served = async (name: string, content: string | Buffer) => {
      const { file } = await putJson(`/r/types/${name}`, content);
      const { headers } = await fetch(file.url, { method: 'HEAD' });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
      expect(headers.get('set-cookie')).toBeNull();
      return [headers.get('content-type'), headers.get('content-disposition')?.split(';')[0]];
    };
    expect(await served('x.html', png)).toEqual(['image/png', 'inline']);
    expect(await served('x.png', '<script>alert(1)</script>')).toEqual([
      'text/plain; charset=utf-8',
      'inline',
    ]);
    expect(
      await served('x.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ).toEqual([expect.stringContaining('xml'), 'attachment']);
    expect(await served('x.txt', randomBytes(64))).toEqual([
      'application/octet-stream',
      'attachment',
    ]);
  });

  test('gives ranges, and nothing new to those who have it', async () => {
    const { file } = await putJson('/r/ranges/digits.txt', '0123456789');
    const part = await fetch(file.url, { headers: { range: 'bytes=3-5' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 3-5/10');
    expect(await part.text()).toBe('345');
    expect((await fetch(file.url, { headers: { range: 'bytes=10-' } })).status).toBe(416);
    const etag = part.headers.get('etag') ?? '';
    // `fetch` would ask for it anew.
    const asked = get(file.url, { headers: { 'if-none-match': etag } });
    const [again] = (await once(asked, 'response')) as [IncomingMessage];
    again.resume();
    expect(again.statusCode).toBe(304);
  });

  test('takes large files in little memory, and only as fast as the disk', async () => {
    const chunk = randomBytes(1_000_000);
    const hash = createHash('sha256');
    const before = await memory();
    let most = 0;
    async function* content() {
      for (let n = 0; n < 200; n += 1) {
        hash.update(chunk);
        yield chunk;
        most = Math.max(most, await memory());
      }
    }
    const { file } = await putJson('/r/large/large.bin', ReadableStream.from(content()));
    expect(file).toMatchObject({ bytes: 200_000_000, sha256: hash.digest('hex') });
    expect(most - before).toBeLessThan(50_000_000);
  });

  test('refuses before it reads what is too large, and while it reads what turns out so', async () => {
    const before = await filesOnDisk();
    const said = await new Promise<string>((resolve) => {
      const socket = connect(system.port, '127.0.0.1');
      socket.write(
        'PUT /r/ops/x HTTP/1.1\r\nHost: x\r\nContent-Length: 300000001\r\nExpect: 100-continue\r\n\r\n',
      );
      let heard = '';
      socket.on('data', (it) => {
        heard += it;
        if (heard.includes('bytes.')) socket.destroy();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(heard));
    });
    expect(said).toContain(' 413 ');
    expect(said).toContain('A file has at most 300000000 bytes.');
    expect(await filesOnDisk()).toEqual(before);
  });

  test('keeps nothing of what broke off', async () => {
    const before = await filesOnDisk();
    const socket = connect(system.port, '127.0.0.1');
    socket.write(
      `PUT /r/ops/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(500)}`,
    );
    await expect.poll(filesOnDisk).toHaveLength(before.length + 1);
    socket.destroy();
    await expect.poll(filesOnDisk).toEqual(before);
  });

  test.each([
    ['/r/ops/empty', '', {}, 422, 'The file is empty.'],
    ['/r/b%20d/x', 'x', {}, 422, 'A room name is made of'],
    ['/r/ops/x?nick=a:b', 'x', {}, 422, 'A nickname is made of'],
    ['/r/ops/x', 'x', { 'repr-digest': 'sha-256=:AAAA:' }, 400, 'does not have the digest'],
  ])(
    'refuses what it cannot take, says why, and keeps nothing: %s',
    async (path, body, headers, status, text) => {
      const before = await filesOnDisk();
      const answer = await put(path, body, headers as Record<string, string>);
      expect(answer.status).toBe(status);
      expect(await answer.text()).toContain(text);
      expect(await filesOnDisk()).toEqual(before);
    },
  );

  test('names files so that they lead nowhere', async () => {
    const { file } = await putJson('/r/names/..%2f..%2f.%22x%0d%0aSet-Cookie:%20a=b', 'x');
    expect(file.name).not.toMatch(/[/\\\r\n"]/);
    const answer = await fetch(file.url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const wrong = new URL(file.url);
    wrong.pathname = wrong.pathname.replace(/[^/]+$/, 'other');
    expect((await fetch(wrong)).status).toBe(404);
  });
});

describe('curl -F', () => {
  test('shares files of a form, with a message', async () => {
    using reader = await system.program('reader');
    await reader.ask({ type: 'join', room: 'forms' });
    using ann = await system.inRoom('ann', 'forms');
    const form = new FormData();
    form.set('message', 'look at this');
    form.set('file', new Blob([png]), 'one.png');
    form.append('file', new Blob(['two']), '二.txt');
    const answer = await system.ask('/r/forms?nick=bob', {
      method: 'POST',
      body: form,
      headers: json,
    });
    const [one, two] = (await answer.json()) as Shared[];
    expect(one?.file).toMatchObject({ name: 'one.png', type: 'image/png', bytes: png.length });
    expect(two?.file).toMatchObject({ name: '二.txt', bytes: 3 });
    expect(await ann.until('二.txt')).toEqual([
      '#forms bob:look at this',
      `#forms bob:one.png (${png.length} B) ${one?.file.url}`,
      `#forms bob:二.txt (3 B) ${two?.file.url}`,
    ]);
    const shown = { width: 1, height: 1 };
    expect(await reader.hear('one.png')).toMatchObject({ card: { file: { picture: shown } } });
    const plain = await reader.hear('txt');
    expect(plain.card.file).toEqual({ ...two?.file, sha256: undefined });

    const back = await fetch(two?.file.url ?? '');
    expect(back.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('二.txt')}`,
    );
  });

  test('says so when there is no file in it', async () => {
    const form = new FormData();
    form.set('message', 'nothing');
    const answer = await system.ask('/r/forms', { method: 'POST', body: form });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe('There is no file in it.\n');
  });
});

describe('an upload in pieces (tus)', () => {
  const uploads = () => tusClient(system.url, '?nick=tim');
  const begin: Tus['begin'] = (...args) => uploads().begin(...args);
  const patch: Tus['patch'] = (...args) => uploads().patch(...args);
  const offsetOf = async (path: string) =>
    (await uploads().head(path)).headers.get('upload-offset');

  test('goes on where it broke off, and is told once it is whole', async () => {
    using ann = await system.inRoom('ann', 'pieces');
    const content = randomBytes(100_000);
    const begun = await begin(content.length, { filename: 'all of it.bin', room: 'pieces' });
    expect(begun.status).toBe(201);
    const path = begun.headers.get('location') ?? '';

    const socket = connect(system.port, '127.0.0.1');
    socket.write(
      `PATCH ${path} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n` +
        'Content-Type: application/offset+octet-stream\r\nContent-Length: 100000\r\n\r\n',
    );
    socket.write(content.subarray(0, 40_000));
    await expect.poll(() => offsetOf(path)).toBe('40000');
    socket.destroy();

    await expect.poll(async () => (await patch(path, 1, 'x')).status).toBe(409);
    const rest = await patch(path, 40_000, content.subarray(40_000));
    expect(rest.status).toBe(204);
    expect(rest.headers.get('upload-offset')).toBe('100000');
    const url = system.url + rest.headers.get('content-location');
    expect(await ann.hear()).toBe(`#pieces tim:all of it.bin (100 kB) ${url}`);
    const back = await fetch(url);
    expect(Buffer.from(await back.arrayBuffer()).equals(content)).toBe(true);
    expect(await offsetOf(path)).toBe('100000');
  });

  test('takes no more than was said, and nothing for what is not there', async () => {
    const path = (await begin(3, { filename: 'x' })).headers.get('location') ?? '';
    expect((await patch(path, 0, 'four')).status).toBe(400);
    expect((await patch(path, 0, 'one')).status).toBe(204);
    expect((await patch('/files/AAAAAAAAAAAAAAAAAAAAAA', 0, 'x')).status).toBe(404);
    expect((await begin(300_000_001, {})).status).toBe(413);
    expect((await begin(1, { room: 'b d' })).status).toBe(422);
  });

  test('goes on by a new request while an old one is there still', async () => {
    const path = (await begin(6, { filename: 'x.txt' })).headers.get('location') ?? '';
    const socket = connect(system.port, '127.0.0.1');
    socket.write(
      `PATCH ${path} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nContent-Length: 6\r\n\r\none`,
    );
    await expect.poll(() => offsetOf(path)).toBe('3');
    const cut = once(socket, 'close');
    expect((await patch(path, 3, 'two')).status).toBe(204);
    await cut;
    const { headers } = await uploads().head(path);
    const file = await system.ask(headers.get('content-location') ?? '');
    expect(await file.text()).toBe('onetwo');
  });

  test('can be given up, though it is under way', async () => {
    const before = await filesOnDisk();
    const path = (await begin(3, { filename: 'x' })).headers.get('location') ?? '';
    const socket = connect(system.port, '127.0.0.1');
    socket.write(
      `PATCH ${path} HTTP/1.1\r\nHost: x\r\nUpload-Offset: 0\r\nContent-Length: 3\r\n\r\no`,
    );
    await expect.poll(() => offsetOf(path)).toBe('1');
    expect((await system.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await system.ask(path, { method: 'HEAD' })).status).toBe(404);
    expect(await filesOnDisk()).toEqual(before);
  });
});

test('an address shares only so much', async () => {
  await using small = await startSystem({ PARTYLINE_FILES_ADDRESS_BYTES: '1000' });
  const share = (bytes: number) =>
    small.ask('/r/ops/x', { method: 'PUT', body: randomBytes(bytes) });
  expect((await share(900)).status).toBe(201);
  const refused = await share(200);
  expect(refused.status).toBe(413);
  expect(await refused.text()).toContain('You have shared what one may share, 1000 bytes.');
  expect((await share(100)).status).toBe(201);
});
