/** One line of what a service serves for Prometheus. */
export type Sample = {
  /** As written, `_bucket`, `_sum` and `_count` of a histogram included. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** What a service serves: types by name, and samples (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export const readExposition = (
  text: string,
): { readonly types: ReadonlyMap<string, string>; readonly samples: readonly Sample[] } => {
  const types = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    const [, typed, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (typed !== undefined && type !== undefined) types.set(typed, type);
    const [, name, labels = '', value] = /^([a-z_\d]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const pairs = labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g);
    samples.push({
      name,
      labels: Object.fromEntries([...pairs].map(([, label, its]) => [label, its ?? ''])),
      value: Number(value),
    });
  }
  return { types, samples };
};
