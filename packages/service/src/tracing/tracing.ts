import { setTimeout as wait } from 'node:timers/promises';
import manifest from '../../package.json' with { type: 'json' };
import type { Log } from '../log.ts';
import { defineMetrics } from '../metric.ts';
import type { Metrics } from '../metrics.ts';
import type { SettingsOf } from '../settings.ts';
import { Exporter } from './exporter.ts';
import type { Span } from './otlp.ts';
import { readPairs, resourceOf, type tracingSettings } from './settings.ts';
import { childOf, newSampledTrace, newUnsampledTrace, readTraceparent } from './traceparent.ts';

export const tracingMetrics = defineMetrics({
  spans: {
    kind: 'counter',
    name: 'partyline_spans_total',
    help: 'Spans that were recorded for the collector.',
    labels: { outcome: '`exported`, `dropped`' },
  },
  spansWaiting: {
    kind: 'gauge',
    name: 'partyline_spans_waiting',
    help: 'Spans that wait to be sent.',
  },
});

/** A part of a message's way: what it is called, when it was, and what is told of it. */
export type Passage = Pick<Span, 'name' | 'kind' | 'startMs' | 'endMs' | 'attributes' | 'error'>;

/** What records the ways of messages, where a collector is told of them. */
export interface Recorder {
  /** A traceparent for a span that one of another traceparent causes. */
  next(cause: string): string;
  /** Records the span of a traceparent; without a cause it is the first of its trace. */
  record(own: string, cause: string | undefined, passage: Passage): void;
}

export interface Tracing extends AsyncDisposable {
  /** A W3C traceparent for a new message; it says whether its spans are recorded. */
  readonly newTrace: () => string;
  /** Undefined where nobody is told: nothing is measured then. */
  readonly recorder: Recorder | undefined;
}

/** Milliseconds since the Unix epoch, with fractions. */
export const preciseNow = (): number => performance.timeOrigin + performance.now();

/** No collector: traces have ids for logs, and nothing is recorded. */
export const untraced: Tracing = {
  newTrace: newUnsampledTrace,
  recorder: undefined,
  [Symbol.asyncDispose]: async () => {},
};

const shareOf = ({
  tracesSampler,
  tracesSamplerArg,
}: Pick<SettingsOf<typeof tracingSettings>, 'tracesSampler' | 'tracesSamplerArg'>): number => {
  switch (tracesSampler) {
    case 'parentbased_always_on':
      return 1;
    case 'parentbased_always_off':
      return 0;
    case 'parentbased_traceidratio':
      return Number(tracesSamplerArg);
  }
};

const recorderOf = (add: (span: Span) => void): Recorder => ({
  next: (cause) => {
    const context = readTraceparent(cause);
    return context === undefined ? cause : childOf(context);
  },
  record: (own, cause, passage) => {
    const context = readTraceparent(own);
    if (context === undefined) return;
    const { trace, span } = context;
    const parent = readTraceparent(cause)?.span;
    add({ ...passage, trace, span, ...(parent !== undefined && { parent }) });
  },
});

const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  await wait(ms, undefined, { signal, ref: false }).catch(() => {});
};

/** Begins to trace messages where the settings name a collector. */
export const startTracing = ({
  service,
  instance,
  config,
  metrics,
  log,
  random = Math.random,
}: {
  readonly service: string;
  readonly instance: string;
  readonly config: SettingsOf<typeof tracingSettings>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly random?: () => number;
}): Tracing => {
  const { otlpEndpoint, otlpHeaders } = config;
  const spans = metrics.counter(tracingMetrics.spans);
  for (const outcome of ['exported', 'dropped']) spans.inc({ outcome }, 0);
  if (otlpEndpoint === undefined) {
    metrics.watch(tracingMetrics.spansWaiting, () => 0);
    return untraced;
  }
  const exporter = new Exporter({
    url: `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: (otlpHeaders === undefined ? undefined : readPairs(otlpHeaders)) ?? {},
    resource: resourceOf(service, instance, manifest.version, config),
    ...{ log, sleep },
    onDone: (outcome, count) => spans.inc({ outcome }, count),
  });
  metrics.watch(tracingMetrics.spansWaiting, () => exporter.waiting);
  const share = shareOf(config);
  return {
    newTrace: () => (random() < share ? newSampledTrace() : newUnsampledTrace()),
    recorder: recorderOf((span) => exporter.add(span)),
    [Symbol.asyncDispose]: () => exporter[Symbol.asyncDispose](),
  };
};
