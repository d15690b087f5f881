import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { requireToken } from '../auth.ts';
import { createRationing } from './rationing.ts';

const serve = () => {
  const clock = { now: 0 };
  const rationing = createRationing({ burst: 3, perSecond: 1, elapsed: () => clock.now });
  const server = Fastify();
  server.decorateRequest('caller', undefined);
  rationing.beforeToken(server);
  const log = { warn: () => {} } as never;
  requireToken(server, { token: 'right', log, onWrong: rationing.wrong });
  rationing.afterToken(server);
  server.get('/', async () => ({}));
  const ask = (token: string, remoteAddress = '192.0.2.1') =>
    server.inject({ url: '/', headers: { authorization: `Bearer ${token}` }, remoteAddress });
  return { server, clock, ask };
};

test('a token gets so much at once and so much for long, and is told what is left', async () => {
  const { server, clock, ask } = serve();
  await using _ = server;
  const first = await ask('right');
  expect(first.headers).toMatchObject({
    'ratelimit-policy': '"token";q=3;w=3',
    ratelimit: '"token";r=2;t=1',
  });
  await ask('right');
  await ask('right');
  const refused = await ask('right');
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);
  expect(refused.json()).toMatchObject({ code: 'flood' });
  clock.now += 1_000;
  expect((await ask('right')).statusCode).toBe(200);
});

test('after many wrong tokens from an address none is looked at that comes from there', async () => {
  const { server, clock, ask } = serve();
  await using _ = server;
  const answers: number[] = [];
  for (let tries = 0; tries < 22; tries += 1) answers.push((await ask('wrong')).statusCode);
  expect(answers).toEqual([...Array<number>(20).fill(401), 429, 429]);
  expect((await ask('right')).json()).toMatchObject({ code: 'tokens-locked' });
  expect((await ask('right', '198.51.100.1')).statusCode).toBe(200);
  clock.now += 5_000;
  expect((await ask('right')).statusCode).toBe(200);
});
