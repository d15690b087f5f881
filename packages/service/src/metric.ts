/** What a process measures, as it is exported and documented. */
export type Metric = {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  /** `partyline_<noun>_<unit>`, a counter's with `_total` (https://prometheus.io/docs/practices/naming/). */
  readonly name: string;
  /** What it is for, as a sentence of the documentation. */
  readonly help: string;
  /** Labels, and what each one's values are: few, and none that clients choose. */
  readonly labels?: { readonly [label: string]: string };
  /** Of a histogram: upper bounds, in the unit of the name. */
  readonly buckets?: readonly number[];
};

/** A service's metrics by the name that its code knows each one by. */
export type MetricDefinition = { readonly [member: string]: Metric };

const isWellNamed = ({ kind, name }: Metric): boolean =>
  /^partyline_[a-z\d_]+$/.test(name) && name.endsWith('_total') === (kind === 'counter');

/** Metrics in one place: what is measured, exported and documented. Throws for a name that is none. */
export const defineMetrics = <const D extends MetricDefinition>(definition: D): D => {
  for (const it of Object.values(definition))
    if (!isWellNamed(it)) throw new Error(`${it.name} is no name for a ${it.kind}`);
  return Object.freeze(definition);
};

/** Upper bounds for how long something takes that people wait for, in seconds. */
export const waitBuckets = [
  ...[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05],
  ...[0.1, 0.25, 0.5, 1, 2.5, 5, 10],
] as const;
