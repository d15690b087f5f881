import { expect, it } from 'vitest';
import { withBlock } from './generated-block.ts';

it('puts a block in its place, and again in the same', () => {
  const text = 'before\n<!-- things -->\nold\n<!-- /things -->\nafter\n';
  const once = withBlock(text, 'things', '| $& |');
  expect(once).toBe('before\n<!-- things -->\n\n| $& |\n\n<!-- /things -->\nafter\n');
  expect(withBlock(once, 'things', '| $& |')).toBe(once);
});

it('says when there is no place for it', () => {
  expect(() => withBlock('nothing', 'things', '')).toThrow('no place for the things');
});
