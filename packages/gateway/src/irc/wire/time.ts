const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/**
 * A time as IRC has it (https://ircv3.net/specs/extensions/server-time), in milliseconds since the
 * Unix epoch; undefined when it is none.
 */
export const timeOf = (text: string): number | undefined => {
  const at = TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || at < 0 ? undefined : at;
};
