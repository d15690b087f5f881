import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ANSWER_BYTES, discoveryAnswer, type Knowledge } from './answer.ts';

const told = (knowledge: Knowledge, limitBytes: number) =>
  JSON.parse(discoveryAnswer(knowledge, limitBytes)?.toString() ?? 'null');

const endpoints = [
  'text+tcp://a:7001',
  'text+tcp://b:7001',
  'json+tcp://a:7002',
  'json+tcp://b:7002',
  'ws://a:7010',
  'http://a:8080',
];
const knowledge: Knowledge = { name: 'Lab', version: '1.2.3', endpoints };

describe('the answer to a discover', () => {
  it('tells the name, the version and all endpoints when there is room', () => {
    expect(told(knowledge, 512)).toEqual({
      type: 'partyline',
      name: 'Lab',
      version: '1.2.3',
      endpoints: expect.toSatisfy((its) => its.toSorted().join() === endpoints.toSorted().join()),
    });
  });

  it('names every wire before it names one twice, and says how to be told the rest', () => {
    const pad = discoveryAnswer(knowledge, 512)?.length ?? 0;
    const answer = told(knowledge, pad - 5);
    expect(answer).toMatchObject({ pad, more: expect.any(Number) });
    expect(answer.endpoints.length + answer.more).toBe(endpoints.length);
    const wires = answer.endpoints.slice(0, 4).map((url: string) => url.split(':')[0]);
    expect(new Set(wires).size).toBe(Math.min(4, answer.endpoints.length));
    expect(told(knowledge, pad)).not.toHaveProperty('more');
  });

  it('is only how long to ask when the request is as short as it can be', () => {
    const answer = told(knowledge, '{"type":"discover"}'.length);
    expect(Object.keys(answer)).toEqual(['pad']);
  });

  it('is nothing when not even that is as short as the request', () => {
    expect(discoveryAnswer(knowledge, 8)).toBeUndefined();
  });

  test.prop([fc.array(fc.webUrl(), { maxLength: 80 }), fc.string(), fc.nat(2_000)])(
    'is JSON, and never longer than allowed or than a packet',
    (urls, name, limitBytes) => {
      const answer = discoveryAnswer({ name, version: '1', endpoints: urls }, limitBytes);
      if (answer === undefined) return;
      expect(answer.length).toBeLessThanOrEqual(Math.min(limitBytes, ANSWER_BYTES));
      const { endpoints: some = [], more = 0, pad } = JSON.parse(answer.toString());
      if (pad === undefined || some.length > 0) expect(some.length + more).toBe(urls.length);
      if (pad !== undefined) expect(pad).toBeGreaterThan(Math.min(limitBytes, ANSWER_BYTES - 1));
    },
  );
});
