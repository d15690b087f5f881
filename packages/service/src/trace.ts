import { randomBytes } from 'node:crypto';

const prefix = randomBytes(8).toString('hex');
let traces = 0;

/**
 * A W3C traceparent (https://www.w3.org/TR/trace-context/#traceparent-header) of a new trace.
 * Random per process and counted within it: a draw of random bytes per message would cost more
 * than the rest of its way.
 */
export const newTrace = (): string => {
  traces += 1;
  const number = traces.toString(16).padStart(16, '0');
  return `00-${prefix}${number}-${number}-01`;
};

const traceparent = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

/** The trace id of a traceparent, as logs tell it; undefined when it is none. */
export const traceId = (trace: string | undefined): string | undefined =>
  trace === undefined ? undefined : traceparent.exec(trace)?.[1];
