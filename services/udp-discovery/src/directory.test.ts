import type { InstanceInfo } from '@partyline/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDirectory } from './directory.ts';

const instance = (...endpoints: string[]): InstanceInfo => ({
  ...{ instance: 'i', kind: 'k', endpoints, commands: [] },
  ...{ sessions: 0, startedAt: 0, leaseUntil: 0 },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const trial = () => {
  const instances = vi.fn(async () => [instance('ws://a'), instance('ws://a', 'ws://b')]);
  const onError = vi.fn();
  const directory = createDirectory({ instances, name: 'Lab', version: '1', onError });
  return { instances, onError, directory };
};

it('knows nothing before chat-core answered, and each endpoint once after', async () => {
  const { directory } = trial();
  using _ = directory;
  expect(directory.knowledge()).toBeUndefined();
  await directory.refresh();
  const endpoints = ['ws://a', 'ws://b'];
  expect(directory.knowledge()).toEqual({ name: 'Lab', version: '1', endpoints });
});

it('asks again and again, but not while it waits for an answer, until it is disposed of', async () => {
  const { directory, instances } = trial();
  const answer = Promise.withResolvers<InstanceInfo[]>();
  instances.mockReturnValueOnce(answer.promise);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(instances).toHaveBeenCalledTimes(1);
  answer.resolve([instance('ws://c')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(directory.knowledge()?.endpoints).toEqual(['ws://c']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(directory.knowledge()?.endpoints).toEqual(['ws://a', 'ws://b']);
  directory[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(instances).toHaveBeenCalledTimes(2);
});

it('still tells what it knew when chat-core is away', async () => {
  const { directory, instances, onError } = trial();
  using _ = directory;
  await directory.refresh();
  instances.mockRejectedValueOnce(new Error('away'));
  await directory.refresh();
  expect(directory.knowledge()?.endpoints).toEqual(['ws://a', 'ws://b']);
  expect(onError).toHaveBeenCalledTimes(1);
});
