import { defineMetrics, waitBuckets } from './metric.ts';
import type { Metrics } from './metrics.ts';

export const busMetrics = defineMetrics({
  up: {
    kind: 'gauge',
    name: 'partyline_bus_up',
    help: '1 while the stream from chat-core is open; else 0.',
  },
  breaks: {
    kind: 'counter',
    name: 'partyline_bus_breaks_total',
    help: 'Times that the stream from chat-core broke.',
  },
  waiting: {
    kind: 'gauge',
    name: 'partyline_bus_waiting_publishes',
    help: 'Publishes that have no outcome yet.',
  },
  waitingBytes: {
    kind: 'gauge',
    name: 'partyline_bus_waiting_bytes',
    help: 'What these publishes come to.',
  },
  congested: {
    kind: 'gauge',
    name: 'partyline_bus_congested',
    help: '1 while so much waits that nothing more is read from clients; else 0.',
  },
  batches: {
    kind: 'counter',
    name: 'partyline_bus_batches_total',
    help: 'Batches of publishes that were sent, again ones too.',
    labels: {
      outcome:
        '`answered`; `away` (nobody knows what became of it, it is sent again), `forgotten` (hello is said anew), `rejected`, `hopeless` (a setting is wrong)',
    },
  },
  publishSeconds: {
    kind: 'histogram',
    name: 'partyline_bus_publish_seconds',
    help: 'Time from a publish until its outcome, of the first publish of each batch.',
    buckets: waitBuckets,
  },
  events: {
    kind: 'counter',
    name: 'partyline_bus_events_total',
    help: 'Events that the stream brought.',
  },
  eventAge: {
    kind: 'histogram',
    name: 'partyline_bus_event_age_seconds',
    help: 'Time from the commit of an event until the stream brought it, of the first event of each piece of the stream; by the clocks of both machines.',
    buckets: waitBuckets,
  },
});

/** Measures a bus, whose options take this as `watch`. */
export const watchBus = (metrics: Metrics) => {
  const up = metrics.gauge(busMetrics.up);
  const breaks = metrics.counter(busMetrics.breaks);
  const batches = metrics.counter(busMetrics.batches);
  const publishSeconds = metrics.histogram(busMetrics.publishSeconds);
  const events = metrics.counter(busMetrics.events);
  const eventAge = metrics.histogram(busMetrics.eventAge);
  return {
    waiting: (
      read: () => {
        readonly publishes: number;
        readonly bytes: number;
        readonly congested: boolean;
      },
    ): void => {
      metrics.watch(busMetrics.waiting, () => read().publishes);
      metrics.watch(busMetrics.waitingBytes, () => read().bytes);
      metrics.watch(busMetrics.congested, () => Number(read().congested));
    },
    state: (state: 'up' | 'down'): void => {
      up.set(Number(state === 'up'));
      if (state === 'down') breaks.inc();
    },
    sent: (outcome: string): void => batches.inc({ outcome }),
    published: (seconds: number): void => publishSeconds.observe(seconds),
    heard: (count: number, ageSeconds: number): void => {
      events.inc(count);
      eventAge.observe(Math.max(0, ageSeconds));
    },
  };
};
