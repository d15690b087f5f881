import type { Transaction } from '../store/port.ts';
import type { InstanceRow } from '../store/rows.ts';
import type { Loaded } from './loaded.ts';
import type { Found } from './rows.ts';
import type { Rules } from './rules.ts';
import type { Task } from './work.ts';

/** How many sessions one transaction ends at most; the rest is the next one's. */
export const SWEPT_SESSIONS = 500;

/** By what time a batch is loaded, and what its decisions go by. */
export type Timing = {
  readonly rules: Rules;
  /** The batch's time, which only some tasks ask for: others need not wait until it is known. */
  readonly now: () => Promise<number>;
};

export type Subject = Pick<Loaded, 'held' | 'due' | 'reading' | 'pairs' | 'nicks'>;

/** What a task is about, beyond what it names. */
export const loadSubject = async (
  tx: Transaction,
  task: Task | undefined,
  instances: Promise<Found<InstanceRow>>,
  { now, rules }: Timing,
): Promise<Subject> => {
  const nothing: Subject = { held: [], due: [], reading: [], pairs: [], nicks: [] };
  switch (task?.type) {
    case 'hello':
    case 'leave':
      return {
        ...nothing,
        held: await tx.sessionsOfInstances([task.instance], Number.MAX_SAFE_INTEGER),
      };
    case 'attach': {
      const [reading, pairs, nicks] = await Promise.all([
        tx.reading(task.instance),
        tx.pairs(task.instance),
        tx.nicks(task.instance),
      ]);
      return { ...nothing, reading, pairs, nicks };
    }
    case 'wake':
      return {
        ...nothing,
        due: await tx.sessionsDue((await now()) + rules.graceMs, Number.MAX_SAFE_INTEGER),
      };
    case 'sweep': {
      const at = await now();
      const all = [...(await instances).values()];
      const over = all.filter((it) => it !== undefined && it.leaseUntil <= at);
      const ids = over.flatMap((it) => it?.instance ?? []);
      return {
        ...nothing,
        held: ids.length === 0 ? [] : await tx.sessionsOfInstances(ids, SWEPT_SESSIONS),
        due: await tx.sessionsDue(at, SWEPT_SESSIONS),
      };
    }
    default:
      return nothing;
  }
};
