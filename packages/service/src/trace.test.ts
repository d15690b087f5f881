import { expect, it } from 'vitest';
import { newTrace, traceId } from './trace.ts';

it('makes traceparents as W3C writes them, each its own', () => {
  const traces = Array.from({ length: 1_000 }, newTrace);
  for (const trace of traces)
    expect(trace).toMatch(/^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-01$/);
  expect(new Set(traces.map(traceId)).size).toBe(1_000);
});

it('tells the trace id of a traceparent, and nothing of what is none', () => {
  const id = '0af7651916cd43dd8448eb211c80319c';
  expect(traceId(`00-${id}-b7ad6b7169203331-01`)).toBe(id);
  expect(traceId('00-short-b7ad6b7169203331-01')).toBeUndefined();
  expect(traceId(undefined)).toBeUndefined();
});
