import { setTimeout as sleep } from 'node:timers/promises';
import type { Envelope, Outcome, StreamLineOf } from '@partyline/protocol';
import { type Log, traceId } from '@partyline/service';
import { type Said, saidTo } from './said.ts';

/** Takes uses of the slash command; disposed, it lets those under way end, for a moment. */
export interface Desk extends AsyncDisposable {
  take(invocation: StreamLineOf<'invocation'>): void;
}

/** A service has 5 s to stop, of which the bus may need three to bring the last answers out. */
const STOP_MS = 1_000;

export const createDesk = (options: {
  /** What is to be said to a use. */
  readonly say: (invocation: StreamLineOf<'invocation'>) => Promise<Said>;
  readonly publish: (envelope: Envelope) => Promise<Outcome>;
  readonly instance: string;
  readonly log: Log;
}): Desk => {
  const { say, publish, instance, log } = options;
  const underWay = new Set<Promise<void>>();

  const answer = async (invocation: StreamLineOf<'invocation'>): Promise<void> => {
    const fields = { trace_id: traceId(invocation.trace), room: invocation.room };
    log.debug(fields, 'asked in a room');
    try {
      const outcome = await publish(saidTo(invocation, await say(invocation), instance));
      if (outcome.type === 'refused')
        log.warn({ ...fields, problem: outcome.problem }, 'an answer was refused');
    } catch (error) {
      log.error({ ...fields, err: error }, 'an answer could not be published');
    }
  };

  return {
    take: (invocation) => {
      const answered = answer(invocation).finally(() => underWay.delete(answered));
      underWay.add(answered);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.race([Promise.all(underWay), sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
};
