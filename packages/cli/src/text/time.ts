const two = (number: number): string => String(number).padStart(2, '0');

/** Hours and minutes, local. */
export const clock = (at: number): string => {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
};

/** A day as it is sorted, local. */
export const day = (at: number): string => {
  const time = new Date(at);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
};

/** Day and time to the second, local. */
export const moment = (at: number): string =>
  `${day(at)} ${clock(at)}:${two(new Date(at).getSeconds())}`;

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads how long something takes: `90s`, `30m`, `2h`, `7d`, or milliseconds; undefined when it is none of them. */
export const readDuration = (text: string): number | undefined => {
  const [, count, unit = ''] = /^(\d{1,15})([smhd]|)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (units[unit] ?? 1);
};

/** Reads a local time, or how long ago it was, in milliseconds since the Unix epoch; undefined when it is neither. */
export const readSince = (text: string, now: number): number | undefined => {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (units[unit ?? ''] ?? 0);
  const clockToday = /^\d{2}:\d{2}(:\d{2})?$/.test(text) ? `${day(now)}T${text}` : text;
  // A date alone would be read as one of UTC.
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(clockToday) ? `${clockToday}T00:00` : clockToday;
  if (!/^\d{4}-\d{2}-\d{2}[T ]/.test(whole)) return undefined;
  const at = Date.parse(whole);
  return Number.isNaN(at) || at < 0 ? undefined : at;
};
