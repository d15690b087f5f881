import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer as createPlain, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createSecure } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Address } from '../src/address/address.ts';
import type { Trust } from '../src/address/trust.ts';
import { openStream, type Unreachable, UnreachableError } from '../src/wire/stream.ts';
import { selfSigned } from './certificate.ts';

const cleanup = new AsyncDisposableStack();
let authority: string;
let fingerprint: string;
let port: number;
let plainPort: number;
/** What clients sent to the TLS server, after the handshake. */
let received = 0;

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.defer(() => void server.close());
  return (server.address() as AddressInfo).port;
};

beforeAll(async () => {
  const { key, cert } = await selfSigned();
  authority = cert;
  fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  const server = createSecure({ key, cert }, (socket) => {
    socket.on('data', (bytes) => {
      received += bytes.length;
    });
    socket.on('error', () => {});
  });
  port = await listen(server);
  plainPort = await listen(
    createPlain((it) => it.on('error', () => {}).write('Who is there?\r\n')),
  );
});
afterAll(() => cleanup.disposeAsync());

/** Why an address can't be connected to; undefined when it can. */
const whyNot = async (address: Address, trust: Trust = {}): Promise<Unreachable | undefined> => {
  try {
    (await openStream(address, trust, new AbortController().signal)).destroy();
    return undefined;
  } catch (error) {
    if (error instanceof UnreachableError) return error.why;
    throw error;
  }
};
const secure = (trust?: Trust, host = 'localhost') => whyNot({ over: 'tls', host, port }, trust);

test('a self-signed certificate is refused before a byte is sent, and its fingerprint is told', async () => {
  const why = 'DEPTH_ZERO_SELF_SIGNED_CERT';
  expect(await secure()).toEqual({ code: 'untrusted', why, fingerprint });
  expect(received).toBe(0);
});

test('the certificate that is pinned is trusted, and no other', async () => {
  expect(await secure({ pin: fingerprint })).toBeUndefined();
  expect(await secure({ pin: 'f'.repeat(64) })).toEqual({ code: 'pin-differs', fingerprint });
});

test('a pin is not looked over for an authority that would do', async () => {
  const trust = { pin: 'f'.repeat(64), ca: authority };
  expect(await secure(trust)).toMatchObject({ code: 'pin-differs' });
});

test('an authority of the caller is trusted, for the names that it signed for', async () => {
  expect(await secure({ ca: authority })).toBeUndefined();
  expect(await secure({ ca: authority }, '127.0.0.1')).toMatchObject({
    ...{ code: 'untrusted', why: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  });
});

test('what does not speak TLS is told', async () => {
  const why = await whyNot({ over: 'tls', host: '127.0.0.1', port: plainPort });
  expect(why).toEqual({ code: 'not-tls' });
});

test('a socket that is not there, and one that nobody serves, are told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-cli-'));
  cleanup.defer(() => rm(folder, { recursive: true }));
  expect(await whyNot({ over: 'unix', path: join(folder, 'none') })).toEqual({ code: 'no-socket' });
  const server = createPlain().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: closed } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const why = await whyNot({ over: 'tcp', host: '127.0.0.1', port: closed });
  expect(why).toEqual({ code: 'refused' });
});
