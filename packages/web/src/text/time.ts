import { type Locale, locale, t } from './locale.ts';

const formats = (tag: Locale) => ({
  clock: new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  day: new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long' }),
  oldDay: new Intl.DateTimeFormat(tag, { dateStyle: 'long' }),
  near: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }),
  full: new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'medium' }),
});
const byLocale = { en: formats('en'), 'zh-CN': formats('zh-CN') };

/** The hour and minute of a time in milliseconds since the Unix epoch. */
export const clock = (at: number): string => byLocale[locale.value].clock.format(at);

export const fullTime = (at: number): string => byLocale[locale.value].full.format(at);

/** Midnight before a time, by the reader's calendar. */
export const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** What a day is called on day `today`; both are midnights. */
export const dayName = (day: number, today: number): string => {
  if (day === today) return t('today');
  if (day === dayOf(today - 1)) return t('yesterday');
  const { day: near, oldDay } = byLocale[locale.value];
  return (new Date(day).getFullYear() === new Date(today).getFullYear() ? near : oldDay).format(
    day,
  );
};

/** A moment in few words. */
export const moment = (at: number): string => byLocale[locale.value].near.format(at);

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A length of time, in the largest unit that it is a whole number of. */
export const lengthText = (ms: number): string => {
  const [unit, unitMs] = units.find(([, size]) => ms % size === 0) ?? units[3];
  const format = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale.value, format).format(Math.ceil(ms / unitMs));
};
