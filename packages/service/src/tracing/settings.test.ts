import { expect, it } from 'vitest';
import { readSettings } from '../settings.ts';
import { readPairs, resourceOf, tracingSettings } from './settings.ts';

it('reads lists of pairs as OpenTelemetry writes them', () => {
  expect(readPairs('a=b, c = d%20e,f=g=h')).toEqual({ a: 'b', c: 'd e', f: 'g=h' });
  for (const text of ['a', '=b', 'a=b,', 'a=%zz']) expect(readPairs(text)).toBeUndefined();
});

it('tells whose spans they are, the service by its own name last', () => {
  const set = { otelServiceName: 'chat', otelResource: 'team=a,service.name=b' };
  expect(resourceOf('tcp-gateway', 'i1', '1.0', set)).toEqual({
    'service.name': 'chat',
    'service.namespace': 'partyline',
    'service.version': '1.0',
    'service.instance.id': 'i1',
    team: 'a',
  });
  expect(resourceOf('tcp-gateway', 'i1', '1.0', {})).toMatchObject({
    'service.name': 'tcp-gateway',
  });
});

it.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4317'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'secret'],
  ['OTEL_TRACES_SAMPLER', 'jaeger_remote'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
])('names %s when it is wrong', (name, value) => {
  expect(() => readSettings(tracingSettings, { [name]: value })).toThrow(name);
});

it('says nothing of headers, which may hold a token', () => {
  const read = () => readSettings(tracingSettings, { OTEL_EXPORTER_OTLP_HEADERS: 'hidden' });
  expect(read).toThrow(expect.not.stringContaining('hidden'));
});
