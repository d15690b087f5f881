import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const writeFor = (ms: number, perMs: number) => {
  let now = 0;
  const pace = new Pace(() => now);
  const go = (durationMs: number, writesPerMs: number): boolean => {
    let noDelay = true;
    for (const end = now + durationMs; now < end; now += 1)
      for (let i = 0; i < writesPerMs; i += 1) noDelay = pace.write();
    return noDelay;
  };
  return { noDelay: go(ms, perMs), go };
};

describe('pace', () => {
  it('lets small writes leave at once while it is quiet', () => {
    expect(writeFor(1_000, 5).noDelay).toBe(true);
  });

  it('lets the kernel join them when it is busy', () => {
    expect(writeFor(1_000, 30).noDelay).toBe(false);
  });

  it('stays busy until it is clearly quiet again', () => {
    const { go } = writeFor(1_000, 30);
    expect(go(1_000, 15)).toBe(false);
    expect(go(1_000, 5)).toBe(true);
  });
});
