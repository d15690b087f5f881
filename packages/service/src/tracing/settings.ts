import { checked, optional, setting } from '../setting.ts';
import { defineSettings } from '../settings.ts';
import type { Attributes } from './otlp.ts';

const samplers = [
  ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
];

/** `key1=value1,key2=value2`, values percent-encoded (https://opentelemetry.io/docs/specs/otel/protocol/exporter/); undefined when a text is no such list. */
export const readPairs = (text: string): Readonly<Record<string, string>> | undefined => {
  const pairs = text.split(',').map((it) => it.trim());
  const read = pairs.map((pair): [string, string] | undefined => {
    const at = pair.indexOf('=');
    try {
      return at < 1
        ? undefined
        : [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
    } catch {
      return undefined;
    }
  });
  return read.some((it) => it === undefined)
    ? undefined
    : Object.fromEntries(read.filter((it) => it !== undefined));
};

const pairs = 'a list like `key=value,key=value`';

/**
 * Where spans go, named as OpenTelemetry names it
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 */
export const tracingSettings = defineSettings({
  otlpEndpoint: checked(
    setting.string(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      optional,
      'the collector that is sent the spans of messages, by OTLP over HTTP, `http://HOST:4318`; nobody when it is not set',
    ),
    'a URL like http://localhost:4318',
    (text) => /^https?:/.test(text) && URL.canParse(text),
  ),
  otlpHeaders: checked(
    {
      ...setting.string(
        'OTEL_EXPORTER_OTLP_HEADERS',
        optional,
        'headers of these requests, `key=value,key=value`',
      ),
      secret: true,
    },
    pairs,
    (text) => readPairs(text) !== undefined,
  ),
  otelServiceName: setting.string(
    'OTEL_SERVICE_NAME',
    optional,
    'the name of the service in spans; else what it is, like `tcp-gateway`',
  ),
  otelResource: checked(
    setting.string(
      'OTEL_RESOURCE_ATTRIBUTES',
      optional,
      'more that spans tell of this process, `key=value,key=value`',
    ),
    pairs,
    (text) => readPairs(text) !== undefined,
  ),
  tracesSampler: setting.choice(
    'OTEL_TRACES_SAMPLER',
    samplers,
    'parentbased_always_on',
    'which messages have spans: `parentbased_always_on`, `parentbased_always_off`, `parentbased_traceidratio`; decided where a message comes in',
  ),
  tracesSamplerArg: checked(
    setting.string('OTEL_TRACES_SAMPLER_ARG', '1', 'the part of them, 0 to 1, with a ratio'),
    'a number from 0 to 1',
    (text) => /^(0|1|0?\.\d+|1\.0+|0\.0+)$/.test(text),
  ),
});

/** What tells this process from others in spans (https://opentelemetry.io/docs/specs/semconv/resource/). */
export const resourceOf = (
  service: string,
  instance: string,
  version: string,
  set: {
    readonly otelServiceName?: string | undefined;
    readonly otelResource?: string | undefined;
  },
): Attributes => ({
  'service.namespace': 'partyline',
  'service.version': version,
  'service.instance.id': instance,
  ...(set.otelResource === undefined ? {} : readPairs(set.otelResource)),
  'service.name': set.otelServiceName ?? service,
});
