import { expect, it } from 'vitest';
import {
  childOf,
  isSampled,
  newSampledTrace,
  newUnsampledTrace,
  readTraceparent,
  traceId,
  writeTraceparent,
} from './traceparent.ts';

it.each([
  [newUnsampledTrace, false],
  [newSampledTrace, true],
] as const)('makes traceparents as W3C writes them, each its own', (make, sampled) => {
  const traces = Array.from({ length: 1_000 }, make);
  for (const trace of traces) {
    expect(trace).toMatch(/^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-0[01]$/);
    expect(isSampled(trace)).toBe(sampled);
    expect(readTraceparent(trace)?.isSampled).toBe(sampled);
  }
  expect(new Set(traces.map(traceId)).size).toBe(1_000);
});

it('tells the trace id of a traceparent, and nothing of what is none', () => {
  const id = '0af7651916cd43dd8448eb211c80319c';
  expect(traceId(`00-${id}-b7ad6b7169203331-01`)).toBe(id);
  expect(traceId('00-short-b7ad6b7169203331-01')).toBeUndefined();
  expect(traceId(undefined)).toBeUndefined();
});

it('counts what is no traceparent as one that is not recorded', () => {
  for (const text of [undefined, '', '01', `${'x'.repeat(54)}1x`])
    expect(isSampled(text)).toBe(false);
});

it('gives a span of a trace an id of its own, and keeps the trace', () => {
  const parent = readTraceparent(newSampledTrace());
  if (parent === undefined) throw new Error('a traceparent was expected');
  const child = readTraceparent(childOf(parent));
  expect(child).toMatchObject({ trace: parent.trace, isSampled: true });
  expect(child?.span).not.toBe(parent.span);
  expect(readTraceparent(writeTraceparent(parent))).toEqual(parent);
});
