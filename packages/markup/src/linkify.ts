/** A stretch of a message: text as it is, or an address to follow. */
export type Piece = { readonly text: string; readonly href?: string };

const address = /\bhttps?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef]+/gi;
/** What usually belongs to the sentence, not to the address in it. */
const trailing = /[.,;:!?*_~…]+$/;

/** Ends an address before the bracket that was opened outside it, and before closing punctuation. */
const withoutTail = (found: string): string => {
  let url = found.replace(trailing, '');
  for (const [open, close] of ['()', '[]', '{}']) {
    while (open && close && url.endsWith(close) && url.split(open).length < url.split(close).length)
      url = url.slice(0, -1).replace(trailing, '');
  }
  return url;
};

const isAddress = (url: string): boolean => URL.canParse(url) && new URL(url).hostname !== '';

/** Cuts a message into text and web addresses; joined again they are the message. */
export const linkify = (text: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const url = withoutTail(match[0]);
    if (!isAddress(url)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: url, href: url });
    end = match.index + url.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
};
