import { once } from 'node:events';
import { connect } from 'node:net';
import { limits } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { Client } from './client.ts';
import { startSystem } from './system.ts';

/** Bytes without rhyme or reason, the same in each run. */
const noise = (length: number, seed: number): Buffer => {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state >> 16;
    }),
  );
};

test('whatever strangers send, others talk on', async () => {
  // As fast as it comes: held back by the flood limit, it would be less of an attack.
  await using system = await startSystem({ PARTYLINE_FLOOD_PER_SECOND: '0' });
  using ann = await Client.connect(system.ports.json);
  ann.say('{"type":"login","nickname":"ann"}');
  expect(await ann.hear()).toMatch('"success":true');

  const attacks: readonly Buffer[] = [
    Buffer.alloc(4 * limits.frameBytes, 'x'),
    Buffer.alloc(100_000, 0),
    Buffer.alloc(100_000, 0xff),
    Buffer.alloc(100_000, '\b'),
    Buffer.alloc(10_000, '\n'),
    Buffer.alloc(limits.frameBytes, '['),
    Buffer.from('{"type":"login","nickname":"\ud800","__proto__":{}}\n'.repeat(100)),
    Buffer.from([255, 250, ...Array.from({ length: 10_000 }, () => 1)]),
    Buffer.from([255, 253, 1, 255, 251, 1, 255]),
    ...Array.from({ length: 10 }, (_, seed) => noise(20_000, seed)),
  ];
  for (const port of [system.ports.text, system.ports.json]) {
    for (const attack of attacks) {
      const stranger = connect({ port, host: '127.0.0.1' }).resume();
      stranger.end(attack);
      await once(stranger, 'close');
    }
  }

  ann.say('{"type":"ping","id":"still here"}');
  const heard: string[] = [];
  while (!heard.at(-1)?.includes('still here')) heard.push((await ann.hear()) ?? '');
  expect(heard.at(-1)).toBe('{"type":"pong","id":"still here"}');
});

test('a bad line costs one error, and the connection goes on', async () => {
  await using system = await startSystem();
  using client = await Client.connect(system.ports.json);
  client.say('x'.repeat(2 * limits.frameBytes));
  client.socket.write(Buffer.from([0xc3, 0x28, 0x0a]));
  client.say('{"type":"ping"\0}');
  client.say('{"type":"ping"}');
  const heard = [await client.hear(), await client.hear(), await client.hear()];
  expect(heard.map((it) => JSON.parse(it ?? '{}').code)).toEqual([
    'frame-too-long',
    'utf8-bad',
    'json-bad',
  ]);
  expect(await client.hear()).toBe('{"type":"pong"}');
});
