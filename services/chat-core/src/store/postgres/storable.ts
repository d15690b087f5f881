/** What Postgres can't hold, as JSON writes it: NUL, and halves of characters; or a backslash itself. */
const escaped = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;
const STAND_IN = '\ufffd';

/**
 * A parameter that Postgres takes. What people send is asked for before it is looked at, and one
 * that can't be asked for would fail the whole batch, again and again: what no text of Postgres can
 * hold is asked for under a character that stands for what is unknown, and so not found.
 */
export const storable = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const text = value.includes('\0') ? value.replaceAll('\0', STAND_IN) : value;
  return text.includes('\\u')
    ? text.replace(escaped, (found) => (found === '\\\\' ? found : STAND_IN))
    : text;
};
