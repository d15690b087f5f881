import type { Metric, MetricDefinition } from './metric.ts';
import { cell, sharedSections } from './shared-sections.ts';

/** A service and what it measures. */
export type ServiceMetrics = { readonly service: string; readonly metrics: MetricDefinition };

/** A metric as it is documented. */
export type DocumentedMetric = Pick<Metric, 'name' | 'help' | 'labels'> & {
  readonly kind: Metric['kind'] | 'summary';
};

const labelsOf = ({ labels = {} }: DocumentedMetric): string =>
  Object.entries(labels)
    .map(([label, about]) => `\`${label}\`: ${about}`)
    .join('; ');

const table = (metrics: readonly DocumentedMetric[]): string =>
  [
    '| Metric | Type | Labels | What it is |',
    '| --- | --- | --- | --- |',
    ...metrics.map(
      (it) => `| \`${it.name}\` | ${it.kind} | ${cell(labelsOf(it))} | ${cell(it.help)} |`,
    ),
  ].join('\n');

/**
 * The metrics of all services as Markdown: those that several services share under the names of
 * these, then each service's own; last what Node and the kernel tell of every process.
 */
export const metricsTable = (
  services: readonly ServiceMetrics[],
  ofProcess: readonly DocumentedMetric[],
): string =>
  [
    ...sharedSections(
      services.map(({ service, metrics }) => ({ service, its: Object.values(metrics) })),
    ),
    ['Every process, by Node and the kernel', ofProcess] as const,
  ]
    .map(([title, its]) => `### ${title}\n\n${table(its)}`)
    .join('\n\n');
