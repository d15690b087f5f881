import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { limits } from '@partyline/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { Client } from './client.ts';
import { start } from './service.ts';
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
    Buffer.alloc(1_048_576, 'x'),
    Buffer.alloc(100_000, 0),
    Buffer.alloc(100_000, 0xff),
    Buffer.alloc(100_000, '\b'),
    Buffer.alloc(10_000, '\n'),
    Buffer.alloc(limits.frameBytes, '['),
    Buffer.from('{"type":"login","nickname":"\ud800","__proto__":{}}\n'.repeat(100)),
    Buffer.from([255, 250, ...Array.from({ length: 10_000 }, () => 1)]),
    Buffer.from([255, 253, 1, 255, 251, 1, 255]),
    Buffer.alloc(30_000, Buffer.from([255, 253, 1])),
    Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]),
    ...Array.from({ length: 10 }, (_, seed) => noise(20_000, seed)),
  ];
  for (const port of [system.ports.text, system.ports.json, system.ports.raw]) {
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

test.each(['tcp', 'tls'])(
  'who asks and asks over %s, and never reads, is held back and then cut off',
  async (transport) => {
    const folder = mkdtempSync(join(tmpdir(), 'partyline-hostile-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await using gateway = await start('tcp-gateway', {
      PARTYLINE_BUS: `unix:${folder}/none.sock`,
      PARTYLINE_BUS_TOKEN: 'the-bus-token-of-a-test',
      PARTYLINE_DATA: folder,
      PARTYLINE_TCP_OPS_PORT: '0',
      PARTYLINE_TCP_LISTENERS: `text+${transport}://127.0.0.1:0 json+tcp://127.0.0.1:0`,
      PARTYLINE_HIGH_WATER_BYTES: '65536',
      PARTYLINE_STALL_MS: '1000',
      PARTYLINE_FLOOD_PER_SECOND: '0',
    });
    const { endpoints } = await gateway.logged('listening');
    const [port = 0, jsonPort = 0] = (endpoints as string[]).map((it) => Number(new URL(it).port));
    const at = { port, host: '127.0.0.1', rejectUnauthorized: false };
    const greedy = transport === 'tls' ? connectTls(at) : connect(at);
    const cutOff = new Promise((resolve) => greedy.on('error', () => {}).on('close', resolve));
    greedy.pause();
    // Each is answered by a thousand times as much: far more than kernels keep.
    greedy.write('/help\n'.repeat(200_000));
    // Who doesn't read notices the end of a connection only when writing.
    const writing = setInterval(() => greedy.write('\n'), 50);
    await cutOff;
    clearInterval(writing);
    using other = await Client.connect(jsonPort);
    other.say('{"type":"ping"}');
    expect(await other.hear()).toBe('{"type":"pong"}');
  },
);
