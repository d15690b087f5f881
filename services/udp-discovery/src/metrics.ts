import { busMetrics, commonMetrics, defineMetrics } from '@partyline/service';

/** What udp-discovery measures. */
export const metricDefinition = defineMetrics({
  ...commonMetrics,
  ...busMetrics,
  datagrams: {
    kind: 'counter',
    name: 'partyline_udp_datagrams_total',
    help: 'Datagrams received.',
    labels: { outcome: 'what became of them' },
  },
  senders: {
    kind: 'gauge',
    name: 'partyline_udp_senders',
    help: 'Senders of chat datagrams who are online.',
  },
});
