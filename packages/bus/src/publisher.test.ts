import { type Envelope, problem, toLine } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { HOPELESS_MS } from './backoff.ts';
import { Publisher, type PublisherOptions, type Sent } from './publisher.ts';

const say = (id: string, text = ''): Envelope => ({
  ...{ id, session: 's', command: { type: 'say', room: 'lobby', text } },
});
const done = (ndjson: string): Sent => {
  const ids = ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).id);
  return { type: 'answered', outcomes: ids.map((id) => toLine({ id, type: 'done' })).join('') };
};

/** A publisher whose batches wait until `answer` is called. */
const held = (options: Partial<PublisherOptions> = {}) => {
  const sent: string[][] = [];
  const answers: (() => void)[] = [];
  const publisher = new Publisher({
    send: (ndjson) =>
      new Promise((resolve) => {
        sent.push(ndjson.trimEnd().split('\n'));
        answers.push(() => resolve(done(ndjson)));
      }),
    sayHello: () => {},
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    random: () => 0,
    sleep: () => Promise.resolve(),
    ...options,
  });
  const answer = async (): Promise<void> => {
    while (answers.length === 0) await turn();
    answers.shift()?.();
    await turn();
  };
  return { publisher, sent, answer };
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('sends what one turn brought at once, and what comes meanwhile as the next batch', async () => {
  const { publisher, sent, answer } = held();
  const outcomes = [publisher.publish(say('a')), publisher.publish(say('b'))];
  await turn();
  for (const id of ['c', 'd', 'e']) outcomes.push(publisher.publish(say(id)));
  expect(sent.map((it) => it.length)).toEqual([2]);
  await answer();
  await answer();
  expect(sent.map((it) => it.length)).toEqual([2, 3]);
  expect(await Promise.all(outcomes)).toHaveLength(5);
});

test('is congested when much waits, until half of it is left', async () => {
  const { publisher, answer } = held();
  const outcomes = Array.from({ length: 10_001 }, (_, id) => publisher.publish(say(`${id}`)));
  expect(publisher.congested).toBe(true);
  let isClear = false;
  const clear = publisher.whenClear().then(() => {
    isClear = true;
  });
  for (let batch = 0; batch < 5; batch += 1) await answer();
  expect([publisher.congested, isClear]).toEqual([true, false]);
  await answer();
  await clear;
  expect(publisher.congested).toBe(false);
  for (let batch = 0; batch < 5; batch += 1) await answer();
  await Promise.all(outcomes);
});

test('is congested when what waits is large', async () => {
  const { publisher, answer } = held();
  const text = 'x'.repeat(6 * 1024 * 1024);
  const outcomes = ['a', 'b', 'c'].map((id) => publisher.publish(say(id, text)));
  expect(publisher.congested).toBe(true);
  for (let batch = 0; batch < outcomes.length; batch += 1) await answer();
  expect(publisher.congested).toBe(false);
  await Promise.all(outcomes);
});

test('waits no longer once it is told that the bus is back', async () => {
  let tries = 0;
  const waits: number[] = [];
  const { publisher } = held({
    send: async (ndjson) => {
      tries += 1;
      return tries === 1 ? { type: 'hopeless', problem: problem('token-wrong') } : done(ndjson);
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        waits.push(ms);
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  });
  const outcome = publisher.publish(say('a'));
  while (waits.length === 0) await turn();
  publisher.wake();
  expect(await outcome).toEqual({ id: 'a', type: 'done' });
  expect(waits).toEqual([HOPELESS_MS]);
});

test('tells whoever publishes after it was closed', async () => {
  const { publisher } = held();
  await publisher.close(0);
  await expect(publisher.publish(say('a'))).rejects.toThrow('The bus is closed');
});
