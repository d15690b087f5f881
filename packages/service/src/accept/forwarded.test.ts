import fastify from 'fastify';
import { expect, test } from 'vitest';
import { believing, recogniseProxies } from './forwarded.ts';
import { createProxies } from './proxies.ts';

/** What a server takes a request for whose proxy is at `remoteAddress`, when `edge` is at `edgeAddress`. */
const whoAsks = async (edgeAddress: string, remoteAddress: string): Promise<string> => {
  const proxies = createProxies(['edge'], async () => [edgeAddress]);
  const server = fastify(believing(proxies));
  recogniseProxies(server, proxies);
  server.get('/', (request) => `${request.protocol} ${request.ip}`);
  const { body } = await server.inject({
    url: '/',
    remoteAddress,
    headers: { 'x-forwarded-for': '198.51.100.9, 192.0.2.7', 'x-forwarded-proto': 'https' },
  });
  await server.close();
  return body;
};

test('a proxy is believed whom it asks for, from its first request on', async () => {
  expect(await whoAsks('10.0.0.5', '10.0.0.5')).toBe('https 192.0.2.7');
  expect(await whoAsks('10.0.0.5', '::ffff:10.0.0.5')).toBe('https 192.0.2.7');
});

test('nobody else is', async () => {
  expect(await whoAsks('10.0.0.5', '10.0.0.6')).toBe('http 10.0.0.6');
});
