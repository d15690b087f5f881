import { gatewayMetrics } from '@partyline/gateway';
import { busMetrics, certificateMetrics, commonMetrics, defineMetrics } from '@partyline/service';

const listener = 'the URL of a listener, as PARTYLINE_TCP_LISTENERS has it';
const wire = '`DIALECT+TRANSPORT`, like `text+tcp`';

/** What tcp-gateway measures. */
export const metricDefinition = defineMetrics({
  ...commonMetrics,
  ...busMetrics,
  ...gatewayMetrics,
  ...certificateMetrics,
  open: {
    kind: 'gauge',
    name: 'partyline_tcp_connections',
    help: 'Clients connected now.',
    labels: { listener, wire },
  },
  turnedAway: {
    kind: 'counter',
    name: 'partyline_tcp_turned_away_total',
    help: 'Clients that were not served.',
    labels: { listener, wire, reason: 'why: `full`, `crowded`, `dropped`, `tls-needed`' },
  },
  acceptFailures: {
    kind: 'counter',
    name: 'partyline_tcp_accept_failures_total',
    help: 'Connections that could not be accepted.',
    labels: { listener, wire },
  },
  handshakeFailures: {
    kind: 'counter',
    name: 'partyline_tcp_handshake_failures_total',
    help: 'Connections that did not come to speak TLS.',
    labels: { listener, wire },
  },
});
