import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';
import { createLog, openCertificate } from '@partyline/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSystem } from './system.ts';

let folder: string;
let system: Awaited<ReturnType<typeof startSystem>>;
let port: number;
const log = createLog({ service: 'test', instance: 'test', level: 'silent' });

/** Makes a certificate; its SHA-256 fingerprint. */
const make = async (file: string): Promise<string> => {
  const source = { type: 'own', file: join(folder, file), hosts: ['localhost'] } as const;
  using certificate = await openCertificate({ source, log });
  return certificate.fingerprint;
};

/** The fingerprint that somebody who comes now is shown. */
const shown = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    socket.on('secureConnect', () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-https-'));
  await make('current.pem');
  system = await startSystem({
    PARTYLINE_HTTPS_PORT: '0',
    PARTYLINE_HTTP_REDIRECT: 'yes',
    PARTYLINE_TLS_CERTIFICATE: join(folder, 'current.pem'),
  });
  const listening = await system.http.logged('listening');
  port = Number(listening.httpsPort);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const ask = async (path: string, body?: string) => {
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const asked = request({ host: '127.0.0.1', port, path, method, rejectUnauthorized: false });
    asked.on('response', resolve).on('error', reject).end(body);
  });
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
};

test('serves the same over HTTP/1.1 with TLS', async () => {
  const said = await ask('/r/ops?nick=ann', 'over TLS');
  expect(said).toMatchObject({ status: 201, text: 'Said in #ops as ann, number 1.\n' });
  expect(said.headers['strict-transport-security']).toBe('max-age=31536000');
  expect((await ask('/')).text).toContain('curl, encrypted:');
});

test('serves the same over HTTP/2: what is said there is streamed there', async () => {
  const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
  const listening = session.request({ ':path': '/r/h2?nick=rob' });
  listening.on('error', () => {});
  const posting = session.request({ ':path': '/r/lobby', ':method': 'POST' });
  posting.end('hello over HTTP/2');
  expect(await text(posting)).toContain('Said in #lobby');
  // As curl sends it: the bytes of UTF-8.
  const nick = Buffer.from('小明').toString('latin1');
  const named = session.request({ ':path': `/r/lobby?nick=${nick}`, ':method': 'POST' });
  named.end('from far');
  expect(await text(named)).toContain('as 小明');
  const absent = session.request({ ':path': '/nowhere', accept: 'text/html' });
  expect(await text(absent)).toContain('<h1>Nobody at this number</h1>');

  await ask('/r/h2?nick=ann', 'first');
  const stream = session.request({ ':path': '/r/h2?nick=eve&since=all' });
  const heard = new Promise<string>((resolve) => {
    let all = '';
    stream.on('data', (it: Buffer) => {
      all += it;
      if (all.includes('second')) resolve(all);
    });
  });
  stream.on('error', () => {});
  const opened = new Promise((resolve) => stream.on('response', resolve));
  await opened;
  await ask('/r/h2?nick=ann', 'second');
  expect(await heard).toContain('#h2 ann:first\n');
  session.destroy();
});

test('sends who comes by HTTP to HTTPS, but not those who look after it', async () => {
  const answer = await system.ask('/r/ops?last=1', { redirect: 'manual' });
  expect(answer.status).toBe(308);
  expect(answer.headers.get('location')).toBe(`https://127.0.0.1:${port}/r/ops?last=1`);
  expect((await system.ask('/healthz')).status).toBe(200);
});

test('shows a new certificate to those who come after it', async () => {
  const before = await shown();
  const next = await make('next.pem');
  expect(next).not.toBe(before);
  await copyFile(join(folder, 'next.pem'), join(folder, 'current.pem'));
  await expect.poll(shown, { timeout: 20_000 }).toBe(next);
});
