import type { Operation } from './document.ts';

/** What somebody means by the words of a call. */
export type Choice =
  | {
      readonly type: 'operation';
      readonly operation: Operation;
      /** How many of the words name it. */
      readonly words: number;
    }
  /** Several are of this resource, or end so. */
  | {
      readonly type: 'several';
      readonly by: 'resource' | 'deed';
      readonly operations: readonly Operation[];
    }
  | { readonly type: 'none' };

/**
 * Finds an operation by its words, `rooms ban`; by its last alone, `say`, where no other ends so; or
 * all that begin with the one word given, `rooms`.
 */
export const choose = (operations: readonly Operation[], words: readonly string[]): Choice => {
  const [first = '', second] = words;
  const named = operations.find((it) =>
    it.words.length === 1 ? it.id === first : it.id === `${first}.${second}`,
  );
  if (named !== undefined)
    return { type: 'operation', operation: named, words: named.words.length };
  const ofResource = operations.filter((it) => it.words.length > 1 && it.words[0] === first);
  if (ofResource.length > 0)
    return second === undefined
      ? { type: 'several', by: 'resource', operations: ofResource }
      : { type: 'none' };
  const byDeed = operations.filter((it) => it.words.length > 1 && it.words.at(-1) === first);
  const [only] = byDeed;
  if (only === undefined) return { type: 'none' };
  return byDeed.length > 1
    ? { type: 'several', by: 'deed', operations: byDeed }
    : { type: 'operation', operation: only, words: 1 };
};
