import { h, svg } from './dom.js';
import { bytes, count, duration, say } from './texts.js';

/** @typedef {import('../../../status/shape.ts').Status} Status */

/** Five minutes, of a look every two seconds. */
const KEPT = 150;
/** As wide as a line is at first: a minute. */
const LEAST = 30;
const HEIGHT = 36;

/** @param {readonly (number | undefined)[]} them */
const most = (them) => Math.max(0, ...them.map((it) => it ?? 0));

/**
 * What is shown as a number and its way here.
 *
 * @type {readonly (readonly [
 *   name: Parameters<typeof say>[0],
 *   read: (status: Status) => number,
 *   write: (value: number) => string,
 * ])[]}
 */
const numbers = [
  ['online', (it) => it.online, count],
  ['connections', (it) => it.connections, count],
  ['messages', (it) => it.perSecond.events, count],
  ['deliveries', (it) => it.perSecond.deliveries, count],
  ['delivery', (it) => most(it.instances.map((one) => one.report?.delivery?.p99Ms)), duration],
  ['commit', (it) => most(it.cores.map((one) => one.commit?.p99Ms)), duration],
  ['queued', (it) => it.queuedBytes, bytes],
];

/** @type {Map<string, number[]>} */
const history = new Map(numbers.map(([name]) => [name, []]));

/**
 * @param {readonly number[]} values
 * @param {number} top
 */
const line = (values, top) => {
  const y = (/** @type {number} */ value) => HEIGHT - 1 - (value / (top || 1)) * (HEIGHT - 3);
  const width = Math.max(values.length, LEAST);
  const from = width - values.length;
  const points = values.map((value, index) => `${from + index},${y(value).toFixed(1)}`);
  return svg(
    'svg',
    { viewBox: `0 0 ${width - 1} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('polyline', { points: points.join(' ') }),
  );
};

/**
 * The tiles, with this status as the newest of their lines.
 *
 * @param {Status} status
 */
export const tiles = (status) =>
  numbers.map(([name, read, write]) => {
    const value = read(status);
    const values = [...(history.get(name) ?? []), value].slice(-KEPT);
    history.set(name, values);
    const top = most(values);
    return h(
      'li',
      {},
      h('h3', {}, say(name)),
      h('p', { class: 'number' }, write(value)),
      line(values, top),
      h('p', { class: 'quiet' }, say('most', { value: write(top) })),
    );
  });
