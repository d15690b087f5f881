import { fc, test as property } from '@fast-check/vitest';
import { isProblem, limits } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { matches, termsOf, wordsOf } from './words.ts';

const finds = (query: string, text: string): boolean => {
  const terms = termsOf(query);
  if (isProblem(terms)) throw new Error(terms.message);
  return matches(text, terms);
};

describe('a search', () => {
  test.for([
    ['hello', 'Well, HELLO there!'],
    ['there hello', 'hello there'],
    ['stra\u00dfe', 'die STRA\u00dfE'],
    ['node.js', 'I like Node.js'],
    ['hel*', 'hello'],
    ['ｆｕｌｌ', 'full width'],
    ['世界', '你好世界！'],
    ['好', '你好世界'],
    ['世界 hello', 'hello，世界'],
    ['カラオケ', '今日はカラオケに行く'],
    ['สวัสดี', 'ขอสวัสดีครับ'],
  ] as const)('for %j finds %j', ([query, text]) => expect(finds(query, text)).toBe(true));

  test.for([
    ['hell', 'hello'],
    ['node.js', 'js and node'],
    ['世界', '世上的边界'],
    ['hello you', 'hello there'],
  ] as const)('for %j does not find %j', ([query, text]) => expect(finds(query, text)).toBe(false));

  test('is for words, and not for too many', () => {
    expect(termsOf(' "*" -- ')).toMatchObject({ code: 'search-empty' });
    expect(termsOf('x'.repeat(limits.searchCodePoints + 1))).toMatchObject({
      code: 'search-too-long',
    });
    const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(' ');
    expect(termsOf(words(limits.searchTerms + 1))).toMatchObject({ code: 'search-too-many' });
    expect(termsOf(`${words(limits.searchTerms)} w1 --`)).toHaveLength(limits.searchTerms);
  });

  property.prop([fc.string({ unit: 'grapheme', maxLength: 60 })])(
    'for any word of a text finds the text',
    (text) => {
      for (const it of wordsOf(text))
        expect(matches(text, [{ words: [it], opens: false }])).toBe(true);
    },
  );
});
