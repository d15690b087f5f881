import type { Times } from '@partyline/protocol';
import { createRecent } from '@partyline/service';
import type { Effect } from '../line/effect.ts';
import type { LineWatch } from '../line/line.ts';

export type CoreTotals = Readonly<Record<'publishes' | 'events' | 'batches', number>>;

/** What a chat-core counts of its own work, for its status. */
export interface Measures {
  readonly committed: LineWatch['committed'];
  /** Also what other chat-cores' batches came to. */
  told(effects: readonly Effect[]): void;
  readonly totals: CoreTotals;
  /** How long commits took. */
  commits(): Times | undefined;
  /** People online. */
  readonly online: number;
}

export const createMeasures = (): Measures => {
  const commits = createRecent();
  const totals = { publishes: 0, events: 0, batches: 0 };
  let online = 0;
  return {
    committed: ({ answers, effects }, seconds) => {
      commits.took(seconds * 1_000);
      totals.batches += 1;
      // A task's answer is none of a publish.
      for (const it of answers)
        if (typeof it === 'object' && 'id' in it && 'type' in it) totals.publishes += 1;
      for (const it of effects) if (it.type === 'event') totals.events += 1;
    },
    told: (effects) => {
      for (const it of effects)
        if (it.type === 'online' || it.type === 'attached') online = it.online;
    },
    totals,
    commits: commits.times,
    get online() {
      return online;
    },
  };
};
