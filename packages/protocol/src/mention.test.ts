import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { mentionable } from './mention.ts';

test.each([
  ['nothing', 'hi all', []],
  ['at the beginning and the end', '@ann meet @小明', [['ann'], ['小明', '小']]],
  ['where no space follows', '@小明你好', [['小明你好', '小明你', '小明', '小']]],
  ['and no space comes before', '你好@bob吗？', [['bob吗', 'bob']]],
  ['before a particle', '@아나는 ', [['아나는', '아나', '아']]],
  ['but not as a part of a name with spaces around it', '@bobby x@bob', [['bobby']]],
  ['with what ends a sentence', '(@bob.) @a-b, @[x]', [['bob.', 'bob'], ['a-b'], ['[x]', '[x']]],
  ['not in an address', 'ann@example.org @', []],
])('finds who may be mentioned: %s', (_, text, nicks) => {
  expect(mentionable(text)).toEqual(nicks);
});

test('looks at no more than so many', () => {
  expect(mentionable('@x '.repeat(1_000))).toHaveLength(limits.mentions);
});
