import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createGuests } from '@partyline/gateway';
import { problem } from '@partyline/protocol';
import { createLog, createMetrics, createProxies } from '@partyline/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileStore } from '../src/files/store.ts';
import { Heads } from '../src/line/heads.ts';
import { createReads } from '../src/line/reads.ts';
import { createSharing } from '../src/routes/files/sharing.ts';
import { createFormTokens } from '../src/routes/guestbook/form-token.ts';
import { listen } from '../src/server/http-server.ts';
import { createSite, type SiteOptions } from '../src/site.ts';
import { createFormats } from '../src/stream/formats.ts';
import { Streams } from '../src/stream/streams.ts';
import { createFloods } from '../src/visitors/floods.ts';
import { createSharerOf } from '../src/visitors/sharer.ts';

const SECRET = 'nobody may read this';

let folder: string;
let webRoot: string;

const files: Record<string, string> = {
  'secret.txt': SECRET,
  'dist-neighbour/secret.txt': SECRET,
  'dist/index.html': '<!doctype html><title>Partyline</title>',
  'dist/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'dist/assets/index-a1b2c3.js': 'console.log("0123456789")',
  'dist/assets/index-a1b2c3.js.br': 'as if by brotli',
  'dist/assets/index-a1b2c3.js.gz': 'as if by gzip',
  'dist/assets/index-a1b2c3.js.zst': 'as if by zstd',
  'dist/assets/index-a1b2c3.css': 'body{}',
  'dist/assets/font.woff2': 'x',
  'dist/.env': SECRET,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-site-'));
  webRoot = join(folder, 'dist');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const log = createLog({ service: 'http-static', instance: 'test', level: 'silent' });

/** A line that is not there. */
const reads = createReads({
  room: async () => problem('unavailable'),
  rooms: () => Promise.reject(new Error('away')),
  members: () => Promise.reject(new Error('away')),
  events: () => Promise.reject(new Error('away')),
  instances: () => Promise.reject(new Error('away')),
});
const gateway = { accept: () => expect.unreachable('nobody is let in') };

const floods = createFloods({ burst: 2, perSecond: 1 }, () => 0);
const away = async () => problem('unavailable');
const speaker = { say: away, knock: away };

const openSite = async (options: Partial<SiteOptions> = {}) => {
  const files = await FileStore.open({
    ...{ folder: join(folder, 'files'), types: [], keepMs: 0, now: Date.now },
    ...{ fileBytes: 1_000, placeBytes: 1_000, totalBytes: 1_000 },
  });
  const site = await createSite({
    webRoot,
    name: 'Partyline',
    locale: 'en',
    address: { wsPort: 7010 },
    filesTaken: { bytes: 1_000, types: [] },
    proxies: createProxies([]),
    reads,
    heads: new Heads({ heads: () => Promise.reject(new Error('away')) }, reads),
    streams: new Streams({ gateway, guests: createGuests('key'), max: 1 }),
    formats: createFormats('en', () => 'epoch'),
    speaker,
    files,
    sharing: createSharing({
      ...{ files, speaker, floods, where: { set: undefined, own: 'http://x' } },
      ...{ spokesman: away, sharerOf: createSharerOf('key', Date.now) },
    }),
    floods,
    guestbookFloods: createFloods({ burst: 1, perSecond: 1 }, () => 0),
    tokens: createFormTokens('key', randomBytes, Date.now),
    announce: async () => undefined,
    online: () => 0,
    ready: () => true,
    metrics: createMetrics({ service: 'http-static' }),
    log,
    ...options,
  });
  const server = await listen({ host: '127.0.0.1', port: 0, locale: 'en' });
  server.open(site);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    get: (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers }),

    /** The whole answer to bytes that are sent as they are; `fetch` would put them right first. */
    async send(bytes: string): Promise<string> {
      const socket = connect(server.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      // A server may close before it has read all that it refuses.
      socket.on('error', () => undefined);
      socket.write(bytes);
      await new Promise((resolve) => socket.on('close', resolve));
      return answer;
    },

    raw(target: string, headers = ''): Promise<string> {
      return this.send(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};

describe('the website', () => {
  it('serves the web client, to be asked for anew each time', async () => {
    await using site = await openSite();
    for (const path of ['/', '/index.html']) {
      const answer = await site.get(path, { accept: 'text/html' });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(await answer.text()).toBe(files['dist/index.html']);
    }
  });

  it('answers that a page has not changed', async () => {
    await using site = await openSite();
    const etag = (await site.get('/index.html')).headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    expect(await site.raw('/index.html', `If-None-Match: ${etag}\r\n`)).toMatch(/^HTTP\/1.1 304 /);
  });

  it.each([
    ['/assets/index-a1b2c3.js', 'text/javascript; charset=utf-8'],
    ['/assets/index-a1b2c3.css', 'text/css; charset=utf-8'],
    ['/assets/font.woff2', 'font/woff2'],
    ['/favicon.svg', 'image/svg+xml'],
  ])('names the type of %s', async (path, type) => {
    await using site = await openSite();
    expect((await site.get(path)).headers.get('content-type')).toBe(type);
  });

  it('lets files be kept for ever whose names change with what they hold, and no others', async () => {
    await using site = await openSite();
    const asset = await site.get('/assets/index-a1b2c3.css');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const icon = await site.get('/favicon.svg');
    expect(icon.headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    ['br, gzip', 'br', 'as if by brotli'],
    ['gzip', 'gzip', 'as if by gzip'],
    ['gzip, zstd', 'zstd', 'as if by zstd'],
    ['br, zstd', 'br', 'as if by brotli'],
    ['identity', undefined, files['dist/assets/index-a1b2c3.js']],
  ])(
    'serves what lies compressed beside, to those who take %s',
    async (accepted, encoding, content) => {
      await using site = await openSite();
      const answer = await site.raw(
        `/assets/index-a1b2c3.js HTTP/1.1\r\nAccept-Encoding: ${accepted}\r\nX-Rest:`,
      );
      const [head = '', body] = answer.split('\r\n\r\n');
      expect(head).toContain(' 200 ');
      expect(head).toContain('content-type: text/javascript; charset=utf-8');
      expect(head).toContain('cache-control: public, max-age=31536000, immutable');
      expect(head.toLowerCase()).toContain('vary: accept-encoding');
      if (encoding === undefined) expect(head).not.toContain('content-encoding');
      else expect(head).toContain(`content-encoding: ${encoding}`);
      expect(body).toBe(content);
    },
  );

  it('serves a part of a file', async () => {
    await using site = await openSite();
    const answer = await site.get('/assets/index-a1b2c3.js', {
      range: 'bytes=13-15',
      'accept-encoding': 'identity',
    });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe('bytes 13-15/25');
    expect(await answer.text()).toBe('012');
    const beyond = await site.get('/assets/index-a1b2c3.js', { range: 'bytes=99-' });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe('bytes */25');
  });

  it('tells the page where the line is, what it is called and in which language', async () => {
    await using site = await openSite({ name: 'Lab chat', locale: 'zh-CN' });
    const answer = await site.get('/config.json');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(await answer.json()).toEqual({
      ...{ wsPort: 7010, name: 'Lab chat', locale: 'zh-CN' },
      files: { bytes: 1_000, types: [] },
    });
  });

  it('tells the page the address of the line when there is one', async () => {
    await using site = await openSite({ address: { ws: 'wss://line.example/ws' } });
    expect(await (await site.get('/config.json')).json()).toMatchObject({
      ws: 'wss://line.example/ws',
    });
  });

  it('protects every answer', async () => {
    await using site = await openSite();
    for (const path of ['/', '/assets/index-a1b2c3.js', '/config.json', '/nowhere', '/readyz']) {
      const { headers } = await site.get(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('is ready when the web client is there, and says so when it is not', async () => {
    await using site = await openSite();
    expect((await site.get('/readyz')).status).toBe(200);
    await using empty = await openSite({ webRoot: join(folder, 'nothing') });
    const answer = await empty.get('/readyz');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('The web client is not built');
    expect((await empty.get('/', { accept: 'text/html' })).status).toBe(404);
    expect((await empty.get('/healthz')).status).toBe(200);
  });
});

describe('what is not there', () => {
  it('is a page to people', async () => {
    await using site = await openSite();
    const answer = await site.get('/nowhere', { accept: 'text/html,*/*' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('<h1>Nobody at this number</h1>');
  });

  it('is a page in the language of the service', async () => {
    await using site = await openSite({ locale: 'zh-CN' });
    expect(await (await site.get('/nowhere', { accept: 'text/html' })).text()).toContain(
      '<html lang="zh-CN">',
    );
  });

  it('is a problem to programs that ask for JSON', async () => {
    await using site = await openSite();
    const answer = await site.get('/nowhere?x=1', { accept: 'application/json' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'path-unknown', path: '/nowhere' });
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e/secret.txt',
    '/..%c0%afsecret.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/../dist-neighbour/secret.txt',
    '/index.html%00.txt',
    '/.env',
    '/assets/../.env',
    '/%',
    '/%zz',
    '/assets',
    '/assets/',
    'http://x/../secret.txt',
  ])('does not lead out of the folder: %s', async (target) => {
    await using site = await openSite();
    const answer = await site.raw(target);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).not.toContain(SECRET);
    expect(answer).not.toContain('root:');
    expect(answer).toContain('There is nothing at ');
  });
});

describe('a method that a path does not take', () => {
  it.each([
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/r/ops', 'GET, HEAD, POST'],
    ['DELETE', '/r/ops/1', 'GET, HEAD, PUT'],
    ['PUT', '/guestbook', 'GET, HEAD, POST'],
    ['TRACE', '/about', 'GET, HEAD'],
  ])('is refused, and those it takes are told: %s %s', async (method, path, allow) => {
    await using site = await openSite();
    const answer = await site.send(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
    expect(answer).toContain(`\r\nallow: ${allow}\r\n`);
    expect(answer).toContain(`${path} does not take ${method}, only ${allow}.`);
  });

  it('is unknown where there is nothing', async () => {
    await using site = await openSite();
    const answer = await site.send('POST /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
  });
});

describe('bad requests', () => {
  const post = 'POST /r/ops HTTP/1.1\r\nHost: x\r\n';
  it.each([
    ['no request', 'nonsense\r\n\r\n', 400],
    ['TLS where there is none', '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n', 400],
    ['HTTP/2 where there is none', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    [
      'a header that is too long',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['too many headers', `GET / HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(5_000)}\r\n`, 431],
    ['a path that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n', 400],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: x\r\nX: y\r\n z\r\n\r\n', 400],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX: y\u0000\r\n\r\n', 400],
    ['a length and chunks', `${post}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
    ['chunks and a length', `${post}Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n`, 400],
    ['two lengths', `${post}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
    ['a length that is none', `${post}Content-Length: +1\r\n\r\nx`, 400],
    ['chunks under another name', `${post}Transfer-Encoding: xchunked\r\n\r\n`, 400],
    ['chunks that are not last', `${post}Transfer-Encoding: chunked, gzip\r\n\r\n`, 400],
    ['a blank before the colon', `${post}Transfer-Encoding : chunked\r\n\r\n`, 400],
    ['a chunk whose length is none', `${post}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, 400],
    ['a letter in the address', 'GET /r/ops?nick=\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n', undefined],
  ])('are refused, the connection closed, and nobody harmed: %s', async (_, bytes, status) => {
    await using site = await openSite();
    const answer = await site.send(bytes);
    if (status === undefined) expect(answer).toBe('');
    else {
      expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
      expect(answer).toMatch(/connection: close\r\n/i);
    }
    expect((await site.get('/index.html')).status).toBe(200);
  });

  it.each([
    ['GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n', 'An address is of ASCII without blanks: write'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`, 'have at most 16384 bytes.'],
    ['GET / HTTP/1.1\r\n\r\n', 'That was no HTTP request: it has no Host.'],
    ['GET / HTTP/1.1\r\nAccept: application/json\r\n\r\n', '"code":"http-bad"'],
    ['SSH-2.0-OpenSSH_9.6\r\n', 'That was no HTTP request: Invalid method encountered.'],
  ])('are told what is wrong with them: %j', async (bytes, text) => {
    await using site = await openSite();
    expect(await site.send(bytes)).toContain(text);
  });

  it('that never end are ended', async () => {
    await using site = await openSite();
    const answers = await Promise.all([
      site.send('GET / HTTP/1.1\r\nHost: x\r\nX-Half: '),
      site.send('GET / HT'),
    ]);
    for (const answer of answers) {
      expect(answer).toContain('HTTP/1.1 408 ');
      expect(answer).toContain('The request took too long to come.');
    }
    expect((await site.get('/index.html')).status).toBe(200);
  });
});
