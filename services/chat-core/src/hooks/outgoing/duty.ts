import type { Effect } from '../../line/effect.ts';
import type { Couriers } from './couriers.ts';

/** The couriers of webhooks, who work while this chat-core is the one that calls them. */
export interface Duty extends Couriers {
  /** Begins or ends it, as soon as what was begun before is done. */
  set(isOn: boolean): Promise<void>;
}

export const createDuty = (start: () => Promise<Couriers>): Duty => {
  let couriers: Couriers | undefined;
  /** What was told while they were starting; undefined when they aren't. */
  let missed: Effect[] | undefined;
  let isOn = false;
  let last: Promise<void> = Promise.resolve();

  const begin = async (): Promise<void> => {
    missed = [];
    try {
      couriers = await start();
      couriers.take(missed);
    } finally {
      missed = undefined;
    }
  };
  const end = async (): Promise<void> => {
    const ending = couriers;
    couriers = undefined;
    await ending?.[Symbol.asyncDispose]();
  };
  const set = (wanted: boolean): Promise<void> => {
    const change = async (): Promise<void> => {
      if (wanted === isOn) return;
      await (wanted ? begin() : end());
      isOn = wanted;
    };
    const changed = last.then(change);
    last = changed.catch(() => {});
    return changed;
  };
  return {
    set,
    take: (effects) => {
      couriers?.take(effects);
      missed?.push(...effects);
    },
    [Symbol.asyncDispose]: () => set(false),
  };
};
