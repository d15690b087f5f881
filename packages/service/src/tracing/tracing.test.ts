import { expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { readSettings } from '../settings.ts';
import { tracingSettings } from './settings.ts';
import { isSampled } from './traceparent.ts';
import { startTracing } from './tracing.ts';

const start = (environment: Readonly<Record<string, string>>, random = Math.random) =>
  startTracing({
    ...{ service: 's', instance: 'i', random },
    config: readSettings(tracingSettings, environment),
    metrics: createMetrics({ service: 's' }),
    log: createLog({ service: 's', instance: 'i', level: 'fatal' }),
  });
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

it('records nothing where no collector is named', async () => {
  await using tracing = start({});
  expect(tracing.recorder).toBeUndefined();
  expect(isSampled(tracing.newTrace())).toBe(false);
});

it.each([
  ['parentbased_always_on', '1', 0.99, true],
  ['parentbased_always_off', '1', 0, false],
  ['parentbased_traceidratio', '0.25', 0.24, true],
  ['parentbased_traceidratio', '0.25', 0.26, false],
])(
  'with %s and %s, decides of each message whether it is traced',
  async (sampler, arg, drawn, is) => {
    const environment = {
      OTEL_TRACES_SAMPLER: sampler,
      OTEL_TRACES_SAMPLER_ARG: arg,
      ...collector,
    };
    await using tracing = start(environment, () => drawn);
    expect(isSampled(tracing.newTrace())).toBe(is);
  },
);
