import { h } from './dom.js';
import { bytes, count, duration, part, say } from './texts.js';

/**
 * @typedef {import('../../../status/shape.ts').Status} Status
 * @typedef {import('../../../status/shape.ts').CoreStatus} CoreStatus
 * @typedef {import('../../../status/shape.ts').InstanceStatus} InstanceStatus
 */

/** So many of one kind at one chat-core are shown one by one. */
const SHOWN = 8;

/**
 * @param {string} state
 * @param {string} title
 * @param {readonly (string | undefined)[]} facts
 * @param {string} [id]
 */
const card = (state, title, facts, id) =>
  h(
    'div',
    { class: `card ${state}` },
    h('h3', {}, title),
    id !== undefined && h('p', { class: 'id' }, id),
    ...facts.flatMap((it) => (it === undefined ? [] : h('p', {}, it))),
  );

/**
 * @param {readonly (string | undefined)[]} them
 */
const joined = (...them) => them.filter((it) => it !== undefined).join(' · ');

/** @param {import('@partyline/protocol').Vitals} vitals */
const vitalsOf = ({ uptimeMs, memoryBytes, loopBusy, loopLagMs }) => [
  joined(
    say('busy', { percent: part(loopBusy) }),
    loopLagMs >= 50 ? say('late', { ms: duration(loopLagMs) }) : undefined,
    say('used', { bytes: bytes(memoryBytes) }),
  ),
  say('up', { time: duration(uptimeMs) }),
];

/** @param {NonNullable<NonNullable<InstanceStatus['report']>['clients']>} clients */
const clientsOf = ({ connections, perSecond }) =>
  joined(
    say('clients', { count: count(connections) }),
    say('takes', { in: count(perSecond.frames), out: count(perSecond.deliveries) }),
  );

/**
 * @param {InstanceStatus} it
 * @param {number} now
 */
const instance = ({ instance: id, kind, state, leaseUntil, report }, now) => {
  if (state === 'away')
    return card(
      ...[/** @type {const} */ ('away'), kind],
      [say('isAway', { time: duration(Math.max(0, leaseUntil - now)) })],
      id,
    );
  if (report === undefined) return card('quiet', kind, [say('noReport')], id);
  const { clients, delivery } = report;
  const isSlow = (clients?.slow ?? 0) > 0;
  return card(
    isSlow ? 'slow' : 'well',
    kind,
    [
      clients && clientsOf(clients),
      delivery && `${say('delivery')} ${duration(delivery.p99Ms)}`,
      isSlow ? `${say('slow')}: ${count(clients?.slow ?? 0)}` : undefined,
      ...vitalsOf(report),
    ],
    id,
  );
};

/**
 * Many of one kind as one.
 *
 * @param {string} kind
 * @param {readonly InstanceStatus[]} them
 */
const several = (kind, them) => {
  const sum = (/** @type {(it: InstanceStatus) => number | undefined} */ of) =>
    them.reduce((all, it) => all + (of(it) ?? 0), 0);
  const clients = {
    connections: sum((it) => it.report?.clients?.connections),
    perSecond: {
      frames: sum((it) => it.report?.clients?.perSecond.frames),
      deliveries: sum((it) => it.report?.clients?.perSecond.deliveries),
    },
  };
  const busiest = Math.max(...them.map((it) => it.report?.loopBusy ?? 0));
  return card(
    ...[/** @type {const} */ ('well'), say('several', { kind, count: count(them.length) })],
    [
      joined(
        say('clients', { count: count(clients.connections) }),
        say('takes', {
          in: count(clients.perSecond.frames),
          out: count(clients.perSecond.deliveries),
        }),
      ),
      `≤ ${say('busy', { percent: part(busiest) })}`,
    ],
  );
};

/**
 * @param {readonly InstanceStatus[]} them
 * @param {number} now
 */
const instances = (them, now) => {
  const kinds = Map.groupBy(them, (it) => it.kind);
  const cards = [...kinds].flatMap(([kind, some]) =>
    some.length > SHOWN ? several(kind, some) : some.map((it) => instance(it, now)),
  );
  return cards.length > 0 && h('ul', {}, ...cards.map((it) => h('li', {}, it)));
};

/** @param {CoreStatus} it */
const core = (it) =>
  card(
    'well',
    say('core'),
    [
      joined(
        say('commits', { rate: count(it.perSecond.batches) }),
        it.commit && duration(it.commit.p99Ms),
      ),
      ...vitalsOf(it),
    ],
    it.core,
  );

/**
 * The database, the chat-cores on it, and who is at each: a tree.
 *
 * @param {Status} status
 */
export const topology = ({ at, database, cores, instances: all }) => {
  const { kind, bytes: size, freeBytes } = database;
  const free = freeBytes === undefined ? undefined : say('free', { bytes: bytes(freeBytes) });
  const away = all.filter((it) => it.core === undefined);
  return h(
    'ul',
    { class: 'tree' },
    h(
      'li',
      {},
      card('well', say(kind), [joined(say('size', { bytes: bytes(size) }), free)]),
      h(
        'ul',
        {},
        ...cores.map((it) =>
          h(
            'li',
            {},
            core(it),
            instances(
              all.filter((one) => one.core === it.core),
              at,
            ),
          ),
        ),
        away.length > 0 && h('li', {}, card('away', say('awayOnes'), []), instances(away, at)),
      ),
    ),
  );
};
