import { expect, it } from 'vitest';
import { defineMetrics } from './metric.ts';
import { createMetrics } from './metrics.ts';

const definition = defineMetrics({
  requests: {
    kind: 'counter',
    name: 'partyline_requests_total',
    help: 'h',
    labels: { code: 'a status' },
  },
  connections: { kind: 'gauge', name: 'partyline_connections', help: 'h' },
  wait: { kind: 'histogram', name: 'partyline_wait_seconds', help: 'h', buckets: [0.1, 1] },
  frames: { kind: 'counter', name: 'partyline_frames_total', help: 'h' },
  wires: { kind: 'gauge', name: 'partyline_wires', help: 'h', labels: { wire: 'a wire' } },
});

it('exports counters, gauges and histograms under the service’s name', async () => {
  const metrics = createMetrics({ service: 's' });
  metrics.counter(definition.requests).inc({ code: '200' });
  metrics.gauge(definition.connections).set(3);
  metrics.histogram(definition.wait).observe(0.5);
  const text = await metrics.registry.metrics();
  expect(text).toContain('partyline_requests_total{code="200",service="s"} 1');
  expect(text).toContain('partyline_connections{service="s"} 3');
  expect(text).toContain('partyline_wait_seconds_bucket{le="1",service="s"} 1');
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).toContain(`partyline_build_info{version="0.1.0",node="${process.versions.node}"`);
});

it('gives several parts of a process that measure the same one metric', async () => {
  const metrics = createMetrics({ service: 's' });
  metrics.histogram(definition.wait).observe(0.5);
  metrics.histogram(definition.wait).observe(2);
  const text = await metrics.registry.metrics();
  expect(text).toContain('partyline_wait_seconds_count{service="s"} 2');
});

it('reads a watched number when it is scraped', async () => {
  const metrics = createMetrics({ service: 's' });
  let frames = 5;
  metrics.watch(definition.frames, () => frames);
  expect(await metrics.registry.metrics()).toContain('partyline_frames_total{service="s"} 5');
  frames = 7;
  expect(await metrics.registry.metrics()).toContain('partyline_frames_total{service="s"} 7');
});

it('reads a watched number for each value of a label, and forgets those that are gone', async () => {
  const metrics = createMetrics({ service: 's' });
  let wires = new Map([['text+tcp', 2]]);
  metrics.watch(definition.wires, () => wires);
  expect(await metrics.registry.metrics()).toContain(
    'partyline_wires{wire="text+tcp",service="s"} 2',
  );
  wires = new Map([['irc+tls', 1]]);
  const text = await metrics.registry.metrics();
  expect(text).toContain('partyline_wires{wire="irc+tls",service="s"} 1');
  expect(text).not.toContain('text+tcp');
});

it.each([
  ['requests_total', 'counter'],
  ['partyline_requests', 'counter'],
  ['partyline_open_total', 'gauge'],
] as const)('refuses %s as the name of a %s', (name, kind) => {
  expect(() => defineMetrics({ it: { name, help: 'h', kind } })).toThrow(name);
});
