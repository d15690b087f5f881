import type { InstanceInfo } from '@partyline/protocol';
import { expect, it } from 'vitest';
import { createDirectory } from './directory.ts';

const instance = (...endpoints: string[]): InstanceInfo => ({
  ...{ instance: 'i', kind: 'k', endpoints, commands: [] },
  ...{ sessions: 0, startedAt: 0, leaseUntil: 0 },
});

const directory = () => {
  let time = 0;
  let asked = 0;
  let answer: () => Promise<readonly InstanceInfo[]> = async () => [instance('ws://a', 'ws://b')];
  const errors: unknown[] = [];
  return {
    it: createDirectory({
      instances: () => {
        asked += 1;
        return answer();
      },
      maxAgeMs: 1_000,
      now: () => time,
      onError: (error) => errors.push(error),
    }),
    errors,
    asked: () => asked,
    pass: (ms: number) => {
      time += ms;
    },
    answers: (next: typeof answer) => {
      answer = next;
    },
  };
};

it('knows nothing before chat-core answered, and each endpoint once after', async () => {
  const { it: here, answers } = directory();
  answers(async () => [instance('ws://a'), instance('ws://a', 'ws://b')]);
  expect(here.endpoints()).toBeUndefined();
  await here.refresh();
  expect(here.endpoints()).toEqual(['ws://a', 'ws://b']);
});

it('asks chat-core once for many questions, and again when its answer is old', async () => {
  const { it: here, asked, pass } = directory();
  for (let i = 0; i < 5; i += 1) here.endpoints();
  await here.refresh();
  expect(asked()).toBe(1);
  here.endpoints();
  expect(asked()).toBe(1);
  pass(1_001);
  here.endpoints();
  here.endpoints();
  expect(asked()).toBe(2);
});

it('still tells what it knew when chat-core is away', async () => {
  const { it: here, answers, errors, pass } = directory();
  await here.refresh();
  pass(60_000);
  answers(() => Promise.reject(new Error('away')));
  await here.refresh();
  expect(here.endpoints()).toEqual(['ws://a', 'ws://b']);
  expect(errors).toHaveLength(1);
});
