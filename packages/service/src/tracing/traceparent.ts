import { randomBytes } from 'node:crypto';

/** A W3C traceparent (https://www.w3.org/TR/trace-context/#traceparent-header), taken apart. */
export type TraceContext = {
  /** 32 hexadecimal digits. */
  readonly trace: string;
  /** 16 hexadecimal digits. */
  readonly span: string;
  /** Whether its spans are recorded. */
  readonly isSampled: boolean;
};

const TRACEPARENT_LENGTH = 55;
const traceparent = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})/;

export const readTraceparent = (text: string | undefined): TraceContext | undefined => {
  const [, trace, span, flags = '0'] = traceparent.exec(text ?? '') ?? [];
  if (trace === undefined || span === undefined) return undefined;
  return { trace, span, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
};

export const writeTraceparent = ({ trace, span, isSampled }: TraceContext): string =>
  `00-${trace}-${span}-${isSampled ? '01' : '00'}`;

/** The trace id of a traceparent, as logs tell it; undefined when it is none. */
export const traceId = (text: string | undefined): string | undefined =>
  readTraceparent(text)?.trace;

/** Whether spans of it are recorded; cheap, since it is asked of every event. */
export const isSampled = (text: string | undefined): text is string =>
  text?.length === TRACEPARENT_LENGTH && '13579bdf'.includes(text[TRACEPARENT_LENGTH - 1] ?? ' ');

const prefix = randomBytes(8).toString('hex');
let traces = 0;

/**
 * A traceparent of a new trace whose spans nobody records, for logs. Random per process and counted
 * within it: a draw of random bytes per message would cost more than the rest of its way.
 */
export const newUnsampledTrace = (): string => {
  traces += 1;
  const number = traces.toString(16).padStart(16, '0');
  return `00-${prefix}${number}-${number}-00`;
};

/** A traceparent of a new trace that is recorded. */
export const newSampledTrace = (): string => {
  const ids = randomBytes(24).toString('hex');
  return `00-${ids.slice(0, 32)}-${ids.slice(32)}-01`;
};

/** The traceparent of a new span of a trace. */
export const childOf = (parent: TraceContext): string =>
  writeTraceparent({ ...parent, span: randomBytes(8).toString('hex') });
