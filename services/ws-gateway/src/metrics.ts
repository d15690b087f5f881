import { gatewayMetrics } from '@partyline/gateway';
import {
  busMetrics,
  certificateMetrics,
  defineMetrics,
  httpMetrics,
  opsMetrics,
  processMetrics,
  tracingMetrics,
} from '@partyline/service';

/** What ws-gateway measures. */
export const metricDefinition = defineMetrics({
  ...processMetrics,
  ...tracingMetrics,
  ...opsMetrics,
  ...busMetrics,
  ...gatewayMetrics,
  ...certificateMetrics,
  ...httpMetrics,
  refused: {
    kind: 'counter',
    name: 'partyline_ws_upgrades_refused_total',
    help: 'WebSockets that were not let in.',
    labels: { code: 'a problem code' },
  },
  turnedAway: {
    kind: 'counter',
    name: 'partyline_ws_turned_away_total',
    help: 'Connections that were cut before they could ask for anything.',
    labels: { reason: 'why' },
  },
});
