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
  return { instances, onError, directory: createDirectory({ instances, everyMs: 1_000, onError }) };
};

it('knows nothing before chat-core answered, and each endpoint once after', async () => {
  const { directory } = trial();
  using _ = directory;
  expect(directory.endpoints()).toBeUndefined();
  await directory.refresh();
  expect(directory.endpoints()).toEqual(['ws://a', 'ws://b']);
});

it('asks again and again, but not while it waits for an answer, until it is disposed of', async () => {
  const { directory, instances } = trial();
  const answer = Promise.withResolvers<InstanceInfo[]>();
  instances.mockReturnValueOnce(answer.promise);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(instances).toHaveBeenCalledTimes(1);
  answer.resolve([instance('ws://c')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(directory.endpoints()).toEqual(['ws://c']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(directory.endpoints()).toEqual(['ws://a', 'ws://b']);
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
  expect(directory.endpoints()).toEqual(['ws://a', 'ws://b']);
  expect(onError).toHaveBeenCalledTimes(1);
});
