import { limits, type Problem, problem } from '@partyline/protocol';

/**
 * A word: letters, digits and marks. Scripts that are written without spaces between words count a
 * character as a word, so that any part of what was said in them is found.
 */
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{N}\p{M}])+/gu;

/** The words of a text, in the one spelling in which they are compared. */
export const wordsOf = (text: string): readonly string[] =>
  text.normalize('NFKC').toLowerCase().normalize('NFKC').match(word) ?? [];

/** Words that follow each other; `opens`: the last one need only begin so. */
export type Term = { readonly words: readonly string[]; readonly opens: boolean };

/** What a search looks for: every term of it, `hell*` for what begins so; or why it can't. */
export const termsOf = (query: string): readonly Term[] | Problem => {
  if ([...query].length > limits.searchCodePoints)
    return problem('search-too-long', { limit: limits.searchCodePoints });
  const terms = [...new Set(query.split(/\s+/))]
    .map((part): Term => ({ words: wordsOf(part), opens: part.endsWith('*') }))
    .filter((it) => it.words.length > 0);
  if (terms.length > limits.searchTerms)
    return problem('search-too-many', { limit: limits.searchTerms });
  return terms.length === 0 ? problem('search-empty') : terms;
};

const isAt = (text: readonly string[], { words, opens }: Term, start: number): boolean =>
  words.every((it, index) => {
    const found = text[start + index];
    return index === words.length - 1 && opens ? found?.startsWith(it) : found === it;
  });

/** Whether a text is what is looked for. */
export const matches = (text: string, terms: readonly Term[]): boolean => {
  const words = wordsOf(text);
  return terms.every((term) => words.some((_, start) => isAt(words, term, start)));
};
