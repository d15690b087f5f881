/** @typedef {import('../texts.ts').PageTexts} Texts */

const language = document.documentElement.lang;

/** @type {Texts} */
const texts = JSON.parse(document.getElementById('texts')?.textContent ?? '{}');

/**
 * A text, with what belongs in its braces.
 *
 * @param {keyof Texts} name
 * @param {Readonly<Record<string, string>>} values
 */
export const say = (name, values = {}) =>
  texts[name].replace(/\{(\w+)\}/g, (_, it) => values[it] ?? '');

const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat(language, { style: 'percent' });
const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });

/** @param {number} it */
export const count = (it) => (it >= 1_000 ? whole : short).format(it);

/** @param {number} it  0 to 1 */
export const part = (it) => percent.format(it);

/** @param {number} ms  since the Unix epoch */
export const time = (ms) => clock.format(ms);

/** @param {number} it */
export const bytes = (it) => {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = it < 1 ? 0 : Math.min(Math.floor(Math.log2(it) / 10), units.length - 1);
  return `${short.format(it / 1_024 ** power)}\u00a0${units[power]}`;
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** @type {readonly (readonly [from: number, size: number, unit: string])[]} */
const sizes = [
  [2 * day, day, 'day'],
  [2 * hour, hour, 'hour'],
  [2 * minute, minute, 'minute'],
  [second, second, 'second'],
  [0, 1, 'millisecond'],
];

/** @param {number} ms */
export const duration = (ms) => {
  const [, size, unit] = sizes.find(([from]) => ms >= from) ?? [0, 1, 'millisecond'];
  const value = ms / size;
  // Whole ones, but for the few that there may be of the smallest.
  const maximumFractionDigits = size <= second && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits },
  }).format(value);
};
