import { confusables } from './confusables.ts';
import { fold } from './fold.ts';

const prototypes = new Map(
  confusables.flatMap(([looksLike, characters]) =>
    Array.from(characters, (character) => [character, looksLike] as const),
  ),
);

const prototypesOf = (text: string): string =>
  Array.from(text.normalize('NFD'), (it) => prototypes.get(it) ?? it).join('');

/**
 * What a nick looks like (UTS #39 §4): two with one skeleton can be taken for each other. Looked at
 * as it is written, since case matters to the eye (I and l), and once more folded, since a nick is
 * the same in any case.
 */
export const skeleton = (nick: string): string =>
  prototypesOf(fold(prototypesOf(nick.normalize('NFKC'))));
