import { httpMetrics } from './http-metrics.ts';
import { defineMetrics } from './metric.ts';
import { processMetrics } from './metrics.ts';
import { opsMetrics } from './ops.ts';
import { tracingMetrics } from './tracing/tracing.ts';

/** What every service measures. */
export const commonMetrics = defineMetrics({
  ...processMetrics,
  ...tracingMetrics,
  ...opsMetrics,
  ...httpMetrics,
});
