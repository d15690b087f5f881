import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  type PrometheusContentType,
  Registry,
} from 'prom-client';

type Described<L extends string> = {
  /** `partyline_<noun>_<unit>`, a counter's with `_total` (https://prometheus.io/docs/practices/naming/). */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly L[];
};

/** What one process measures of itself. Each process has its own, so tests can have many. */
export interface Metrics {
  readonly registry: Registry<PrometheusContentType | OpenMetricsContentType>;
  counter<L extends string = never>(metric: Described<L>): Counter<L>;
  gauge<L extends string = never>(metric: Described<L>): Gauge<L>;
  /** `buckets` are upper bounds in the unit of the name. */
  histogram<L extends string = never>(
    metric: Described<L> & { readonly buckets: readonly number[] },
  ): Histogram<L>;
  /** Exports a plain number that is kept elsewhere; it is read when somebody scrapes. */
  watch(
    metric: Described<never> & { readonly kind: 'counter' | 'gauge' },
    read: () => number,
  ): void;
}

const checkName = (name: string, kind: 'counter' | 'other'): void => {
  if (!/^partyline_[a-z\d_]+$/.test(name) || name.endsWith('_total') !== (kind === 'counter'))
    throw new Error(`${name} is no name for a metric of this kind`);
};

export const createMetrics = (options: { readonly service: string }): Metrics => {
  const registry = new Registry<PrometheusContentType | OpenMetricsContentType>();
  registry.setDefaultLabels({ service: options.service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  return {
    registry,
    counter: ({ name, help, labels = [] }) => {
      checkName(name, 'counter');
      return new Counter({ name, help, labelNames: labels, registers });
    },
    gauge: ({ name, help, labels = [] }) => {
      checkName(name, 'other');
      return new Gauge({ name, help, labelNames: labels, registers });
    },
    histogram: ({ name, help, labels = [], buckets }) => {
      checkName(name, 'other');
      return new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers });
    },
    watch: ({ name, help, kind }, read) => {
      if (kind === 'counter') {
        checkName(name, 'counter');
        const collect = function (this: Counter): void {
          this.reset();
          this.inc(read());
        };
        registry.registerMetric(new Counter({ name, help, registers: [], collect }));
        return;
      }
      checkName(name, 'other');
      const collect = function (this: Gauge): void {
        this.set(read());
      };
      registry.registerMetric(new Gauge({ name, help, registers: [], collect }));
    },
  };
};
