const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** A text so short in code units can't be longer than this many bytes each. */
const MOST_BYTES_A_UNIT = 3;

/** The beginning of a text that fits into so many bytes of UTF-8, cut between code points. */
export const clipBytes = (text: string, limit: number): string => {
  if (text.length * MOST_BYTES_A_UNIT <= limit || Buffer.byteLength(text) <= limit) return text;
  let bytes = 0;
  let end = 0;
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > limit) break;
    end += letter.length;
  }
  return text.slice(0, end);
};

/** One grapheme, in parts that fit when it is longer than a whole line. */
const fitting = (grapheme: string, limit: number): string[] => {
  const parts: string[] = [];
  for (let rest = grapheme; rest !== ''; ) {
    const part = clipBytes(rest, limit);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts;
};

/**
 * A text in parts of at most `limit` bytes of UTF-8 (4 at least), that make the text again when put
 * together: cut after a space where there is one near the end, else between graphemes.
 */
export const splitBytes = (text: string, limit: number): readonly string[] => {
  if (text.length * MOST_BYTES_A_UNIT <= limit || Buffer.byteLength(text) <= limit) return [text];
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  const cut = (): void => {
    const space = part.lastIndexOf(' ') + 1;
    // A word is kept whole unless that leaves half a line empty.
    const end = space > part.length / 2 ? space : part.length;
    parts.push(part.slice(0, end));
    part = part.slice(end);
    bytes = Buffer.byteLength(part);
  };
  for (const { segment } of graphemes.segment(text)) {
    const size = Buffer.byteLength(segment);
    if (size > limit) {
      if (part !== '') parts.push(part);
      parts.push(...fitting(segment, limit));
      part = '';
      bytes = 0;
      continue;
    }
    while (bytes + size > limit) cut();
    part += segment;
    bytes += size;
  }
  if (part !== '') parts.push(part);
  return parts;
};
