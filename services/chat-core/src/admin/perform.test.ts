import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { createPerform } from './perform.ts';

test('a request with the key of one that is under way is told so, and not done', async () => {
  const { promise: isWritten, resolve: write } = Promise.withResolvers<undefined>();
  const { promise: isUnderWay, resolve: begin } = Promise.withResolvers<void>();
  let orders = 0;
  const perform = createPerform({
    line: {
      order: () => {
        orders += 1;
        begin();
        return isWritten;
      },
    },
    read: { answer: async () => undefined },
    now: () => 1_000,
  });
  await using server = Fastify();
  server.post('/', (request, reply) =>
    perform(request, reply, () => ({
      work: { type: 'annul', name: 'ci' },
      answer: () => ({ done: true }),
    })),
  );
  const send = (key: string) =>
    server.inject({ method: 'POST', url: '/', headers: { 'idempotency-key': key } });

  const first = send('k');
  await isUnderWay;
  const second = await send('"k"');
  expect([second.statusCode, second.json()]).toMatchObject([409, { code: 'request-under-way' }]);
  write(undefined);
  expect((await first).json()).toEqual({ done: true });
  expect((await send('k')).statusCode).toBe(200);
  expect(orders).toBe(2);
});
