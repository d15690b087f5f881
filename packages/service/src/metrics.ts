import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  type PrometheusContentType,
  Registry,
} from 'prom-client';
import manifest from '../package.json' with { type: 'json' };
import { defineMetrics, type Metric } from './metric.ts';

type MetricOf<K extends Metric['kind']> = Metric & { readonly kind: K };
type LabelOf<M extends Metric> = M extends { readonly labels: infer L }
  ? Extract<keyof L, string>
  : never;

/** A number that is kept elsewhere; of a metric with one label, a number for each of its values. */
export type Read = () => number | ReadonlyMap<string, number>;

/** What one process measures of itself. Each process has its own, so tests can have many. */
export interface Metrics {
  readonly registry: Registry<PrometheusContentType | OpenMetricsContentType>;
  counter<M extends MetricOf<'counter'>>(metric: M): Counter<LabelOf<M>>;
  gauge<M extends MetricOf<'gauge'>>(metric: M): Gauge<LabelOf<M>>;
  histogram<M extends MetricOf<'histogram'>>(metric: M): Histogram<LabelOf<M>>;
  /** Exports what is kept elsewhere; it is read when somebody scrapes. */
  watch(metric: MetricOf<'counter'> | MetricOf<'gauge'>, read: Read): void;
}

/** What every process exports besides what Node and the kernel tell of it. */
export const processMetrics = defineMetrics({
  build: {
    kind: 'gauge',
    name: 'partyline_build_info',
    help: 'Always 1.',
    labels: { version: 'of Partyline', node: 'the version of Node' },
  },
});

export const createMetrics = (options: { readonly service: string }): Metrics => {
  const registry = new Registry<PrometheusContentType | OpenMetricsContentType>();
  registry.setDefaultLabels({ service: options.service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  /** Of definitions that several parts of a process measure by. */
  const made = new Map<Metric, unknown>();

  const once = <T>(metric: Metric, make: () => T): T => {
    const known = made.get(metric) as T | undefined;
    if (known !== undefined) return known;
    const it = make();
    made.set(metric, it);
    return it;
  };
  const described = <M extends Metric>({ name, help, labels = {} }: M) => ({
    ...{ name, help, labelNames: Object.keys(labels) as LabelOf<M>[] },
  });

  const metrics: Metrics = {
    registry,
    counter: (it) => once(it, () => new Counter({ ...described(it), registers })),
    gauge: (it) => once(it, () => new Gauge({ ...described(it), registers })),
    histogram: (it) =>
      once(it, () => {
        const buckets = it.buckets === undefined ? {} : { buckets: [...it.buckets] };
        return new Histogram({ ...described(it), ...buckets, registers });
      }),
    watch: (it, read) => {
      const [label = ''] = Object.keys(it.labels ?? {});
      const valuesOf = (found: ReturnType<Read>) =>
        typeof found === 'number'
          ? [{ labels: {}, value: found }]
          : [...found].map(([key, value]) => ({ labels: { [label]: key }, value }));
      if (it.kind === 'counter') {
        const collect = function (this: Counter): void {
          this.reset();
          for (const { labels, value } of valuesOf(read())) this.inc(labels, value);
        };
        registry.registerMetric(new Counter({ ...described(it), registers: [], collect }));
        return;
      }
      const collect = function (this: Gauge): void {
        this.reset();
        for (const { labels, value } of valuesOf(read())) this.set(labels, value);
      };
      registry.registerMetric(new Gauge({ ...described(it), registers: [], collect }));
    },
  };
  const { version } = manifest;
  metrics.gauge(processMetrics.build).set({ version, node: process.versions.node }, 1);
  return metrics;
};
