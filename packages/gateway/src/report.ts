import { type GatewayReport, limits, type SlowReader } from '@partyline/protocol';
import type { Counts } from './counts.ts';
import type { Session } from './session.ts';

/** How it goes with a gateway's clients: one pass over them all. */
export const reportOn = (
  sessions: Iterable<Session>,
  counts: Counts,
  { now, stallMs }: { readonly now: number; readonly stallMs: number },
): GatewayReport => {
  let connections = 0;
  let queuedBytes = 0;
  const slow: SlowReader[] = [];
  for (const session of sessions) {
    connections += 1;
    queuedBytes += session.outbox.queuedBytes;
    const it = session.slowness(now);
    if (it !== undefined) slow.push(it);
  }
  slow.sort((a, b) => b.queuedBytes - a.queuedBytes || b.owedEvents - a.owedEvents);
  const { frames, publishes, deliveries } = counts;
  return {
    ...{ connections, sessions: counts.sessions, queuedBytes, slow: slow.length, stallMs },
    slowest: slow.slice(0, limits.slowReadersTold),
    totals: { frames, publishes, deliveries },
  };
};
