import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createResponder, type ResponderOptions } from './responder.ts';
import type { Source } from './source.ts';

const nearby: Source = { address: '192.168.1.7', port: 50_000, family: 'IPv4' };
const faraway: Source = { address: '203.0.113.7', port: 50_000, family: 'IPv4' };
const discover = (bytes = 0) => Buffer.from('{"type":"discover"}'.padEnd(bytes));

const responder = (options: Partial<ResponderOptions> = {}) =>
  createResponder({
    knowledge: () => ({ name: 'Lab', version: '1', endpoints: ['ws://a:7010', 'http://a:8080'] }),
    local: () => ({ port: 7020, addresses: new Set(), broadcasts: new Set() }),
    ...{ answersBurst: 3, answersPerSecond: 1, answerBytesPerSecond: 10_000, now: () => 0 },
    ...options,
  });
const answered = { outcome: 'answered', answer: expect.any(Buffer) };

describe('a unicast datagram', () => {
  it('that asks is answered with where everything is', () => {
    const result = responder()(discover(), nearby);
    expect(result.outcome === 'answered' && JSON.parse(result.answer.toString())).toMatchObject({
      type: 'partyline',
      endpoints: ['http://a:8080', 'ws://a:7010'],
    });
  });

  it.each([
    ['hello', 'not-json'],
    ['', 'not-json'],
    ['null', 'not-json'],
    ['"discover"', 'not-json'],
    ['{"type":"discover"', 'not-json'],
    ['{"type":"partyline"}', 'unknown-type'],
    ['[]', 'unknown-type'],
  ])('%j is dropped and counted', (text, outcome) => {
    expect(responder()(Buffer.from(text), nearby)).toEqual({ outcome });
  });

  it('of bytes that are not UTF-8 is dropped', () => {
    const bytes = Buffer.concat([discover(), Buffer.from([0xff])]);
    expect(responder()(bytes, nearby)).toEqual({ outcome: 'not-json' });
  });

  it('is not answered before anything is known', () => {
    const respond = responder({ knowledge: () => undefined });
    expect(respond(discover(), nearby)).toEqual({ outcome: 'unavailable' });
  });

  it('of the Internet gets no byte more than it sent', () => {
    const short = responder()(discover(), faraway);
    expect(short.outcome === 'answered' && short.answer.length).toBeLessThanOrEqual(19);
    const pad = short.outcome === 'answered' ? JSON.parse(short.answer.toString()).pad : 0;
    const padded = responder()(discover(pad), faraway);
    expect(padded.outcome === 'answered' && padded.answer.length).toBe(pad);
  });
});

describe('answers', () => {
  it('are rationed per source, and come back with time', () => {
    let now = 0;
    const respond = responder({ now: () => now });
    for (let i = 0; i < 3; i += 1) expect(respond(discover(), nearby)).toEqual(answered);
    expect(respond(discover(), nearby)).toEqual({ outcome: 'source-rationed' });
    expect(respond(discover(), { ...nearby, address: '192.168.1.8' })).toEqual(answered);
    now = 1_000;
    expect(respond(discover(), nearby)).toEqual(answered);
    expect(respond(discover(), nearby)).toEqual({ outcome: 'source-rationed' });
  });

  it('are rationed in bytes over all sources', () => {
    const respond = responder({ answerBytesPerSecond: 300 });
    const outcomes = Array.from({ length: 9 }, (_, i) =>
      respond(discover(), { ...nearby, address: `192.168.1.${i}` }),
    );
    expect(outcomes.at(-1)).toEqual({ outcome: 'all-rationed' });
  });

  test.prop([
    fc.array(fc.tuple(fc.nat(20), fc.nat(300), fc.ipV4(), fc.integer({ min: 0, max: 65_535 }))),
  ])('never come to more than what a source sent, or to more than the ration', (datagrams) => {
    let now = 0;
    const respond = responder({ now: () => now, answerBytesPerSecond: 2_000 });
    let total = 0;
    for (const [gapMs, bytes, address, port] of datagrams) {
      now += gapMs;
      const result = respond(discover(bytes), { address, port, family: 'IPv4' });
      if (result.outcome !== 'answered') continue;
      total += result.answer.length;
      expect(result.answer.length).toBeLessThanOrEqual(Math.max(bytes, 512));
    }
    expect(total).toBeLessThanOrEqual(2_000 + (now / 1_000) * 2_000);
  });

  test.prop([fc.uint8Array({ maxLength: 200 })])('never throw, whatever comes', (bytes) => {
    expect(responder()(bytes, nearby).outcome).toBeTypeOf('string');
  });
});
