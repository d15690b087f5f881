import { busMetrics, commonMetrics, defineMetrics } from '@partyline/service';

const asked = 'where: `http`, `chat`, `watch`';

/** What dns-probe measures. */
export const metricDefinition = defineMetrics({
  ...commonMetrics,
  ...busMetrics,
  probes: {
    kind: 'counter',
    name: 'partyline_dns_probes_total',
    help: 'Questions asked.',
    labels: { asked, outcome: '`answered`, or a problem code' },
  },
  probeSeconds: {
    kind: 'histogram',
    name: 'partyline_dns_probe_seconds',
    help: 'Time from a question until it was answered or refused.',
    labels: { asked },
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  },
});
