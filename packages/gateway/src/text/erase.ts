// biome-ignore lint/suspicious/noControlCharactersInRegex: the keys that erase are control characters
const erasers = /[\u0008\u007f]/;
/** What belongs to the character before it. */
const extender = /^[\p{M}\p{Emoji_Modifier}\u200d]$/u;

/**
 * A line as its writer left it: BS and DEL take back the character before them, as a terminal that
 * sends each key at once shows it.
 */
export const erase = (line: string): string => {
  if (!erasers.test(line)) return line;
  const kept: string[] = [];
  for (const character of line) {
    if (!erasers.test(character)) kept.push(character);
    else while (extender.test(kept.pop() ?? ''));
  }
  return kept.join('');
};
