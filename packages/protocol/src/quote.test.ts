import { expect, test } from 'vitest';
import { limits } from './limits.ts';
import { beginningOf, quoted } from './quote.ts';

test.each([
  ['a short text', 'hi there', 'hi there'],
  ['lines and wide spaces', ' one\n\ttwo  ', 'one two'],
  [
    'a text of just the limit',
    'x'.repeat(limits.quoteCodePoints),
    'x'.repeat(limits.quoteCodePoints),
  ],
  ['a longer one', '👍'.repeat(50), `${'👍'.repeat(limits.quoteCodePoints)}…`],
  ['what is taken back', '', ''],
])('quotes %s', (_, text, quote) => {
  expect(quoted(text)).toBe(quote);
  expect(quoted(beginningOf(text))).toBe(quote);
});
