import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

it('exports counters, gauges and histograms under the service’s name', async () => {
  const metrics = createMetrics({ service: 's' });
  metrics
    .counter({ name: 'partyline_requests_total', help: 'h', labels: ['code'] })
    .inc({ code: '200' });
  metrics.gauge({ name: 'partyline_connections', help: 'h' }).set(3);
  metrics.histogram({ name: 'partyline_wait_seconds', help: 'h', buckets: [0.1, 1] }).observe(0.5);
  const text = await metrics.registry.metrics();
  expect(text).toContain('partyline_requests_total{code="200",service="s"} 1');
  expect(text).toContain('partyline_connections{service="s"} 3');
  expect(text).toContain('partyline_wait_seconds_bucket{le="1",service="s"} 1');
  expect(text).toContain('process_cpu_seconds_total');
});

it('reads a watched number when it is scraped', async () => {
  const metrics = createMetrics({ service: 's' });
  let frames = 5;
  const open = 2;
  metrics.watch({ name: 'partyline_frames_total', help: 'h', kind: 'counter' }, () => frames);
  metrics.watch({ name: 'partyline_open', help: 'h', kind: 'gauge' }, () => open);
  expect(await metrics.registry.metrics()).toContain('partyline_frames_total{service="s"} 5');
  frames = 7;
  const text = await metrics.registry.metrics();
  expect(text).toContain('partyline_frames_total{service="s"} 7');
  expect(text).toContain('partyline_open{service="s"} 2');
});

it.each([
  ['requests_total', 'counter'],
  ['partyline_requests', 'counter'],
  ['partyline_open_total', 'gauge'],
] as const)('refuses %s as the name of a %s', (name, kind) => {
  const metrics = createMetrics({ service: 's' });
  expect(() => metrics.watch({ name, help: 'h', kind }, () => 0)).toThrow(name);
});
