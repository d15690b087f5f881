/**
 * The addresses of the bus in a text: one, or those of several chat-cores with commas or spaces
 * between them. Each begins with its scheme, so that a socket's path may have either in it.
 */
export const busAddresses = (text: string): readonly string[] =>
  text.trim().split(/[\s,]+(?=unix:|https?:)/);
