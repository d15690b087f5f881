import { expect, test } from 'vitest';
import { isBelow, lacking, mayGive, type Rank } from './rights.ts';

const ranks: readonly Rank[] = ['member', 'moderator', 'owner', 'operator', 'console'];

test('whoever may do a deed, everybody above may too', () => {
  const may = (deed: Parameters<typeof lacking>[1]) =>
    ranks.filter((rank) => lacking(rank, deed) === undefined);
  expect(may('ban')).toEqual(['moderator', 'owner', 'operator', 'console']);
  expect(may('role')).toEqual(['owner', 'operator', 'console']);
  expect(lacking('member', 'slow')).toBe('moderator');
});

test('nobody is below oneself, or gives more than one has', () => {
  for (const rank of ranks) expect(isBelow(rank, rank)).toBe(false);
  expect(isBelow('member', 'moderator')).toBe(true);
  expect(isBelow('owner', 'moderator')).toBe(false);
  expect(mayGive('owner', 'owner')).toBe(true);
  expect(mayGive('moderator', 'owner')).toBe(false);
});
