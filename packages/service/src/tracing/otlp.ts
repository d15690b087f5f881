/** SpanKind of OTLP (opentelemetry/proto/trace/v1/trace.proto). */
const kinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** What an attribute of a span or a resource is. */
export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A span that is over. */
export type Span = {
  /** 32 hexadecimal digits. */
  readonly trace: string;
  /** 16 hexadecimal digits. */
  readonly span: string;
  /** The span that caused it, 16 hexadecimal digits; none where the trace begins. */
  readonly parent?: string;
  readonly name: string;
  readonly kind: keyof typeof kinds;
  /** Milliseconds since the Unix epoch, with fractions. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  /** Why it failed, if it did. */
  readonly error?: string;
};

const STATUS_ERROR = 2;

const attributeValue = (value: AttributeValue) => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  // 64-bit integers are texts in the JSON of protocol buffers.
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
};

const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: attributeValue(value) }));

/** Nanoseconds, as a text: they are more than a double holds. */
const nanoseconds = (ms: number): string => {
  const whole = Math.floor(ms);
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1_000_000)));
};

const spanOf = (it: Span) => ({
  traceId: it.trace,
  spanId: it.span,
  ...(it.parent !== undefined && { parentSpanId: it.parent }),
  name: it.name,
  kind: kinds[it.kind],
  startTimeUnixNano: nanoseconds(it.startMs),
  endTimeUnixNano: nanoseconds(Math.max(it.startMs, it.endMs)),
  attributes: attributesOf(it.attributes),
  status: it.error === undefined ? {} : { code: STATUS_ERROR, message: it.error },
});

/** The body of an ExportTraceServiceRequest (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
export const exportRequest = (resource: Attributes, spans: readonly Span[]): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: 'partyline' }, spans: spans.map(spanOf) }],
      },
    ],
  });

/** How many spans an answer says were not taken. */
export const rejectedSpans = (body: string): number => {
  try {
    const rejected = Number(JSON.parse(body)?.partialSuccess?.rejectedSpans ?? 0);
    return Number.isSafeInteger(rejected) ? rejected : 0;
  } catch {
    return 0;
  }
};
