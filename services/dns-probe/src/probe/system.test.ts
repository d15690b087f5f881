import { expect, it } from 'vitest';
import { createSystem } from './system.ts';

const system = createSystem({ timeoutMs: 5_000, now: () => performance.now() });

it('looks names up in the system’s way, the hosts file included', async () => {
  const answer = await system.addresses('localhost', ['A']);
  expect(answer).toMatchObject({ result: 'found', records: ['127.0.0.1'], ms: expect.any(Number) });
});

it('says nothing of the order when there is one family of addresses', async () => {
  expect(await system.addresses('localhost', ['A'])).not.toHaveProperty('first');
});

it('finds the name of an address', async () => {
  const answer = await system.nameOf('127.0.0.1');
  expect(answer).toMatchObject({
    result: 'found',
    records: [expect.stringContaining('localhost')],
  });
});
