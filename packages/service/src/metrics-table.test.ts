import { expect, it } from 'vitest';
import { defineMetrics } from './metric.ts';
import { metricsTable } from './metrics-table.ts';

it('tells what several services measure once, then each one’s own, then every process’s', () => {
  const shared = defineMetrics({
    up: { kind: 'gauge', name: 'partyline_up', help: '1 or\n0.' },
  });
  const own = defineMetrics({
    calls: {
      kind: 'counter',
      name: 'partyline_calls_total',
      help: 'Calls | all.',
      labels: { outcome: '`ok`' },
    },
  });
  expect(
    metricsTable(
      [
        { service: 'a', metrics: { ...shared, ...own } },
        { service: 'b', metrics: shared },
      ],
      [{ kind: 'gauge', name: 'process_threads', help: 'Threads.' }],
    ),
  ).toBe(`### Every service

| Metric | Type | Labels | What it is |
| --- | --- | --- | --- |
| \`partyline_up\` | gauge |  | 1 or 0. |

### a

| Metric | Type | Labels | What it is |
| --- | --- | --- | --- |
| \`partyline_calls_total\` | counter | \`outcome\`: \`ok\` | Calls \\| all. |

### Every process, by Node and the kernel

| Metric | Type | Labels | What it is |
| --- | --- | --- | --- |
| \`process_threads\` | gauge |  | Threads. |`);
});
