import { expect, test } from 'vitest';
import { Progress } from './progress.ts';

test('a wait ends when all is there', async () => {
  const progress = new Progress();
  const done = progress.until(3);
  progress.add(2);
  progress.add(1);
  await done;
  await progress.until(3);
});

test('more than is due is an error', async () => {
  const progress = new Progress();
  progress.add(4);
  await expect(progress.until(3)).rejects.toThrow('4 came where 3 were due');
});

test('what breaks fails the wait, and the next', async () => {
  const progress = new Progress();
  const done = progress.until(1);
  progress.break(new Error('closed'));
  await expect(done).rejects.toThrow('closed');
  await expect(progress.until(1)).rejects.toThrow('closed');
});
