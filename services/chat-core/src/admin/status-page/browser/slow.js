import { h } from './dom.js';
import { bytes, count, duration, say } from './texts.js';

/** @typedef {import('../../../status/shape.ts').Status} Status */

const columns = /** @type {const} */ (['who', 'where', 'waits', 'owed', 'behind', 'stalled']);

/** Taking nothing for less than this is a client that reads. */
const STALLED_MS = 5_000;

/** @param {Status['slowReaders'][number]} it */
const row = (it) => {
  const left = duration(it.closesInMs);
  const stalled = duration(it.stalledMs);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, it.nick, h('span', { class: 'id' }, it.session)),
    h('td', {}, it.wire, h('span', { class: 'id' }, it.instance)),
    h('td', {}, bytes(it.queuedBytes)),
    h('td', {}, say('messagesOwed', { count: count(it.owedEvents) })),
    h('td', {}, duration(it.behindMs)),
    h('td', {}, it.stalledMs < STALLED_MS ? '–' : say('closes', { stalled, left })),
  );
};

/**
 * Who reads too slowly.
 *
 * @param {Status} status
 */
export const slowReaders = ({ slow, slowReaders: them }) => {
  if (them.length === 0) return [h('p', {}, say('nobodySlow'))];
  const table = h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...columns.map((it) => h('th', { scope: 'col' }, say(it))))),
    h('tbody', {}, ...them.map(row)),
  );
  const isMore = slow > them.length;
  return [table, ...(isMore ? [h('p', {}, say('moreSlow', { count: count(slow) }))] : [])];
};
