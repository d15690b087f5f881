import { BlockList } from 'node:net';
import { fc, test } from '@fast-check/vitest';
import { seal } from '@partyline/lan';
import { describe, expect, it } from 'vitest';
import type { LocalNetwork } from '../local-network.ts';
import { createGate, type GateOptions } from './gate.ts';
import type { Source } from './source.ts';
import { createTake, type TakeOptions } from './take.ts';

const nearby: Source = { address: '192.168.1.7', port: 50_000, family: 'IPv4' };
const faraway: Source = { address: '203.0.113.7', port: 50_000, family: 'IPv4' };
const discover = (bytes = 0) => Buffer.from('{"type":"discover"}'.padEnd(bytes));
const local: LocalNetwork = {
  ...{ port: 7020, addresses: new Set(), broadcasts: new Set(), onLink: new BlockList() },
};

const taker = (options: Partial<GateOptions & TakeOptions> = {}) =>
  createTake({
    gate: createGate({
      ...{ local: () => local, reach: 'anywhere', answersBurst: 3, answersPerSecond: 1 },
      ...{ answerBytesPerSecond: 10_000, now: () => 0 },
      ...options,
    }),
    local: () => local,
    knowledge: () => ({ name: 'Lab', version: '1', endpoints: ['ws://a:7010', 'http://a:8080'] }),
    chat: async ({ text }) => ({ outcome: 'said', answer: Buffer.from(text) }),
    repair: async () => ({ outcome: 'unproven', answers: [] }),
    ...options,
  });
const answered = { outcome: 'answered', answers: [expect.any(Buffer)] };
const told = ({ answers }: { answers: readonly Buffer[] }) => JSON.parse(String(answers[0]));

describe('a datagram', () => {
  it('that asks is answered with where everything is', async () => {
    expect(told(await taker()(discover(), nearby))).toMatchObject({
      type: 'partyline',
      endpoints: ['http://a:8080', 'ws://a:7010'],
    });
  });

  it('that asks may be sealed', async () => {
    const sealed = seal(discover(600), 'the key of a test');
    expect(told(await taker()(sealed, nearby))).toMatchObject({ type: 'partyline' });
  });

  it.each([
    ['', 'garbage'],
    [' \n', 'garbage'],
    ['\u0000\u0001', 'garbage'],
    ['{"type":"discover"', 'garbage'],
    ['{"type":"partyline"}', 'unknown-type'],
    ['{"type":"feed"}', 'unknown-type'],
    ['[]', 'unknown-type'],
    ['{"type":"broadcast"}', 'member-bad'],
    ['{"type":"broadcast","message":"m","nickname":7}', 'member-bad'],
    ['{"type":"repair"}', 'member-bad'],
  ])('%j is dropped and counted', async (text, outcome) => {
    expect(await taker()(Buffer.from(text), nearby)).toEqual({ outcome, answers: [] });
  });

  it.each([
    ['hello', 'hello'],
    ['hello\n', 'hello'],
    ['42', '42'],
    ['null', 'null'],
    ['{"type":"broadcast","nickname":"x","message":"m"}', 'm'],
  ])('%j is said', async (text, said) => {
    const taken = await taker()(Buffer.from(text), nearby);
    expect(taken).toEqual({ outcome: 'said', answers: [Buffer.from(said)] });
  });

  it('of another discovery is not said, so that two never talk without an end', async () => {
    const taken = await taker()(Buffer.from('hello'), { ...nearby, port: 7020 });
    expect(taken.outcome).toBe('unknown-type');
  });

  it('of bytes that are not UTF-8 is dropped', async () => {
    const bytes = Buffer.concat([discover(), Buffer.from([0xff])]);
    expect(await taker()(bytes, nearby)).toMatchObject({ outcome: 'garbage' });
  });

  it('is not answered before anything is known', async () => {
    const take = taker({ knowledge: () => undefined });
    expect(await take(discover(), nearby)).toMatchObject({ outcome: 'unavailable' });
  });

  it('of a network that this machine is not in is dropped, unless the operator lets it in', async () => {
    const take = taker({ reach: 'on-link' });
    expect(await take(discover(), nearby)).toEqual({ outcome: 'far', answers: [] });
  });

  it('of the Internet gets no byte more than it sent', async () => {
    const short = await taker()(discover(), faraway);
    expect(short.answers[0]?.length).toBeLessThanOrEqual(19);
    const { pad } = told(short);
    const padded = await taker()(discover(pad), faraway);
    expect(padded.answers[0]?.length).toBe(pad);
  });
});

describe('answers', () => {
  it('are rationed per source, and come back with time', async () => {
    let now = 0;
    const take = taker({ now: () => now });
    for (let i = 0; i < 3; i += 1) expect(await take(discover(), nearby)).toEqual(answered);
    const rationed = { outcome: 'source-rationed', answers: [] };
    expect(await take(discover(), nearby)).toEqual(rationed);
    expect(await take(discover(), { ...nearby, address: '192.168.1.8' })).toEqual(answered);
    now = 1_000;
    expect(await take(discover(), nearby)).toEqual(answered);
    expect(await take(discover(), nearby)).toEqual(rationed);
  });

  it('are rationed in bytes over all sources', async () => {
    const take = taker({ answerBytesPerSecond: 300 });
    const taken = await Promise.all(
      Array.from({ length: 9 }, (_, i) =>
        take(discover(), { ...nearby, address: `192.168.1.${i}` }),
      ),
    );
    expect(taken.at(-1)).toEqual({ outcome: 'all-rationed', answers: [] });
  });

  test.prop([
    fc.array(fc.tuple(fc.nat(20), fc.nat(300), fc.ipV4(), fc.integer({ min: 0, max: 65_535 }))),
  ])(
    'never come to more than what a source sent, or to more than the ration',
    async (datagrams) => {
      let now = 0;
      const take = taker({ now: () => now, answerBytesPerSecond: 2_000 });
      let total = 0;
      for (const [gapMs, bytes, address, port] of datagrams) {
        now += gapMs;
        const { answers } = await take(discover(bytes), { address, port, family: 'IPv4' });
        const length = answers.reduce((sum, it) => sum + it.length, 0);
        total += length;
        expect(length).toBeLessThanOrEqual(Math.max(bytes, 512));
      }
      expect(total).toBeLessThanOrEqual(2_000 + (now / 1_000) * 2_000);
    },
  );

  test.prop([fc.uint8Array({ maxLength: 2_000 })])('never throw, whatever comes', async (bytes) => {
    const { outcome } = await taker()(bytes, nearby);
    expect(outcome).toBeTypeOf('string');
  });
});
