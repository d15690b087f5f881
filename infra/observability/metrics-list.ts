import { readdirSync } from 'node:fs';
import {
  createMetrics,
  type DocumentedMetric,
  type MetricDefinition,
  metricsTable,
  type ServiceMetrics,
} from '../../packages/service/src/index.ts';
import { keepBlock } from '../generated-block.ts';

/**
 * Writes METRICS.md from the definitions that the services measure by: `npm run metrics`, or with
 * `--check` to fail when it is stale.
 */
const services = new URL('../../services/', import.meta.url);
export const metricsFile = new URL('METRICS.md', import.meta.url);

/** What every service measures; each has its `metricDefinition` in `src/metrics.ts`. */
export const serviceMetrics = (): Promise<readonly ServiceMetrics[]> =>
  Promise.all(
    readdirSync(services).map(async (service) => {
      const it: { readonly metricDefinition: MetricDefinition } = await import(
        new URL(`${service}/src/metrics.ts`, services).href
      );
      return { service, metrics: it.metricDefinition };
    }),
  );

/** Labels of what prom-client measures of every process. */
const processLabels: Readonly<Record<string, string>> = {
  type: 'of what Node has open',
  kind: '`major`, `minor`, `incremental`, `weakcb`',
  space: 'a space of the heap',
  version: 'of Node',
  major: 'of it',
  minor: 'of it',
  patch: 'of it',
};
const labelled: Readonly<Record<string, readonly string[]>> = {
  nodejs_active_resources: ['type'],
  nodejs_active_handles: ['type'],
  nodejs_active_requests: ['type'],
  nodejs_gc_duration_seconds: ['kind'],
  nodejs_heap_space_size_total_bytes: ['space'],
  nodejs_heap_space_size_used_bytes: ['space'],
  nodejs_heap_space_size_available_bytes: ['space'],
  nodejs_version_info: ['version', 'major', 'minor', 'patch'],
};

/** What Node and the kernel (Linux) tell of every process. */
export const processMetrics = async (): Promise<readonly DocumentedMetric[]> => {
  const all = await createMetrics({ service: 'any' }).registry.getMetricsAsJSON();
  return all
    .filter(({ name }) => !name.startsWith('partyline_'))
    .map(({ name, help, type }) => ({
      ...{ name, help, kind: String(type) as DocumentedMetric['kind'] },
      labels: Object.fromEntries(
        (labelled[name] ?? []).map((label) => [label, processLabels[label] ?? '']),
      ),
    }));
};

/** The list as METRICS.md has it. */
export const currentList = async (): Promise<string> =>
  metricsTable(await serviceMetrics(), await processMetrics());

if (import.meta.main) keepBlock(metricsFile, 'metrics', await currentList(), 'npm run metrics');
