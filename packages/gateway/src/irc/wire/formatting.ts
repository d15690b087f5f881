/**
 * Colours and other formatting of IRC clients (https://modern.ircdocs.horse/formatting.html). Other
 * wires have nothing like it, and a colour's digits would be left as text.
 */
const formatting = new RegExp(
  [
    String.raw`\u0003(?:\d{1,2}(?:,\d{1,2})?)?`,
    String.raw`\u0004(?:[\da-f]{6})?`,
    String.raw`[\u0002\u000f\u0011\u0016\u001d-\u001f]`,
  ].join('|'),
  'gi',
);

export const withoutFormatting = (text: string): string => text.replace(formatting, '');

/** A CTCP message in a text (https://modern.ircdocs.horse/ctcp.html), or undefined. */
export const ctcpOf = (
  text: string,
): { readonly name: string; readonly text: string } | undefined => {
  if (!text.startsWith('\u0001')) return undefined;
  const inner = text.slice(1, text.endsWith('\u0001') && text.length > 1 ? -1 : undefined);
  const [name = '', ...rest] = inner.split(' ');
  return { name: name.toUpperCase(), text: rest.join(' ') };
};

/** A text as a CTCP message. */
export const ctcp = (name: string, text: string): string => `\u0001${name} ${text}\u0001`;
