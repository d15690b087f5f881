import { expect, it } from 'vitest';
import { Ration } from './ration.ts';

it('forgets the source that asked longest ago, when there are too many', () => {
  const ration = new Ration({ burst: 1, perSecond: 1, sources: 2, now: () => 0 });
  expect(['a', 'b', 'a', 'c', 'b'].map((key) => ration.take(key, 1))).toEqual([
    true,
    true,
    false,
    true,
    true,
  ]);
});
