import { gatewayMetrics } from '@partyline/gateway';
import {
  busMetrics,
  certificateMetrics,
  commonMetrics,
  defineMetrics,
  diskMetrics,
} from '@partyline/service';

/** What http-static measures. */
export const metricDefinition = defineMetrics({
  ...commonMetrics,
  ...busMetrics,
  ...gatewayMetrics,
  ...certificateMetrics,
  ...diskMetrics,
  streams: {
    kind: 'gauge',
    name: 'partyline_http_streams',
    help: 'Rooms that are streamed now.',
  },
  files: { kind: 'gauge', name: 'partyline_files_bytes', help: 'What shared files come to.' },
  filesLimit: {
    kind: 'gauge',
    name: 'partyline_files_limit_bytes',
    help: 'What they may come to, PARTYLINE_FILES_BYTES.',
  },
});
