import { isSampled, messaging, preciseNow, type Recorder } from '@partyline/service';
import type { Effect } from './line/effect.ts';
import type { Committed } from './line/line.ts';

type Deliver = (effects: readonly Effect[], batch?: Committed) => void;

/** An event whose way is recorded, and the traceparents of its commit and of its way to the streams. */
type Traced = { readonly told: string; readonly commit: string; readonly fanOut: string };

/**
 * Delivers, and records of traced events when they were committed, where this chat-core did that, and
 * when they went to the streams; whoever reads them there goes on from the latter.
 */
export const traceDelivered = (recorder: Recorder, deliver: Deliver): Deliver => {
  const trace = (effects: readonly Effect[], batch: Committed | undefined) => {
    const traced: Traced[] = [];
    const onward = effects.map((effect): Effect => {
      if (effect.type !== 'event' || !isSampled(effect.event.trace)) return effect;
      const told = effect.event.trace;
      const commit = batch === undefined ? told : recorder.next(told);
      const fanOut = recorder.next(commit);
      traced.push({ told, commit, fanOut });
      return { ...effect, event: { ...effect.event, trace: fanOut } };
    });
    return { traced, onward };
  };

  return (effects, batch) => {
    const { traced, onward } = trace(effects, batch);
    const committedMs = preciseNow();
    deliver(onward, batch);
    if (traced.length === 0) return;
    const toldMs = preciseNow();
    for (const { told, commit, fanOut } of traced) {
      if (batch !== undefined)
        recorder.record(commit, told, {
          ...{ name: 'commit', kind: 'consumer' },
          ...{ startMs: committedMs - batch.seconds * 1_000, endMs: committedMs },
          attributes: {
            ...messaging,
            'messaging.operation.name': 'commit',
            'messaging.batch.message_count': batch.works,
          },
        });
      recorder.record(fanOut, commit, {
        ...{ name: 'fan out', kind: 'producer', startMs: committedMs, endMs: toldMs },
        attributes: { ...messaging, 'messaging.operation.name': 'fan out' },
      });
    }
  };
};
