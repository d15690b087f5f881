import { isSampled } from './traceparent.ts';
import { preciseNow, type Tracing } from './tracing.ts';

/** What all spans of messages have (https://opentelemetry.io/docs/specs/semconv/messaging/). */
export const messaging = { 'messaging.system': 'partyline' } as const;

type Envelope = { readonly trace?: string; readonly command: { readonly type: string } };
type Outcome = { readonly type: string; readonly problem?: { readonly code: string } };

/**
 * The option of a bus by which publishes are traced, from when they are made until their outcome:
 * the first span of each message, whose traceparent is made by `newTrace`.
 */
export const tracePublishes = ({ recorder }: Pick<Tracing, 'recorder'>) =>
  recorder === undefined
    ? {}
    : {
        tracePublish: ({ trace, command }: Envelope) => {
          if (!isSampled(trace)) return undefined;
          const startMs = preciseNow();
          return (outcome: Outcome): void => {
            const { type, problem } = outcome;
            recorder.record(trace, undefined, {
              name: `publish ${command.type}`,
              kind: 'producer',
              ...{ startMs, endMs: preciseNow() },
              attributes: {
                ...messaging,
                'messaging.operation.name': 'publish',
                'partyline.outcome': problem?.code ?? type,
              },
            });
          };
        },
      };

/** The option of a gateway by which deliveries are traced, from when an event came until readers are owed it. */
export const traceDeliveries = ({ recorder }: Pick<Tracing, 'recorder'>) =>
  recorder === undefined
    ? {}
    : {
        traceDelivery: ({ trace }: { readonly trace?: string }) => {
          if (!isSampled(trace)) return undefined;
          const startMs = preciseNow();
          return (readers: number): void =>
            recorder.record(recorder.next(trace), trace, {
              name: 'deliver',
              kind: 'consumer',
              ...{ startMs, endMs: preciseNow() },
              attributes: {
                ...messaging,
                'messaging.operation.name': 'deliver',
                'partyline.readers': readers,
              },
            });
        },
      };
