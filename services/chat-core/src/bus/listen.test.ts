import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen, readBusAddress } from './listen.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-bus-'));
  path = join(folder, 'bus.sock');
});
afterEach(() => rm(folder, { recursive: true }));

test('reads where the bus is to be served', () => {
  expect(readBusAddress('unix:/run/bus.sock')).toEqual({ type: 'unix', path: '/run/bus.sock' });
  expect(readBusAddress('http://*:7301')).toEqual({ type: 'http', host: '*', port: 7301 });
  expect(readBusAddress('http://[::1]:7301/')).toMatchObject({ host: '::1' });
  expect(() => readBusAddress('bus.sock')).toThrow('must be unix:PATH or http://HOST:PORT');
});

test('names a socket path that no system takes', () => {
  const long = `unix:/${'x'.repeat(100)}`;
  expect(() => readBusAddress(long)).toThrow(/PARTYLINE_BUS_LISTEN.*101 bytes.*shorter/);
});

const serve = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(path, () => resolve(server));
  });

test('never takes a socket that somebody answers on', async () => {
  const other = await serve();
  await expect(listen(Fastify(), { type: 'unix', path })).rejects.toMatchObject({
    ...{ code: 'EADDRINUSE', address: path },
  });
  await new Promise((resolve) => other.close(resolve));
});

test('never takes away a file that is no socket', async () => {
  await writeFile(path, 'precious');
  await expect(listen(Fastify(), { type: 'unix', path })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
