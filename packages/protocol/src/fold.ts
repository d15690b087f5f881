// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ascii = /^[\u0000-\u007f]*$/;

/**
 * Full case folding (Unicode §5.18.4) of one character. Through both cases and back it is what
 * CaseFolding.txt says, but for the dotless i, whose capital is another letter's too. A character at
 * a time, so that a sigma is folded alike wherever it stands.
 */
const foldCharacter = (character: string): string =>
  character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();

/** Width-mapped, case-folded, normalised: two texts that differ in nothing else are the same then. */
export const fold = (text: string): string =>
  ascii.test(text)
    ? text.toLowerCase()
    : Array.from(text.normalize('NFKC'), foldCharacter).join('').normalize('NFKC');
