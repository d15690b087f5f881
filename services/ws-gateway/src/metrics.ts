import { gatewayMetrics } from '@partyline/gateway';
import { busMetrics, certificateMetrics, commonMetrics, defineMetrics } from '@partyline/service';

/** What ws-gateway measures. */
export const metricDefinition = defineMetrics({
  ...commonMetrics,
  ...busMetrics,
  ...gatewayMetrics,
  ...certificateMetrics,
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
