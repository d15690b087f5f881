import type { Memory } from '@partyline/client';

/** What is remembered outlives the page being loaded again in this tab only, so that two tabs are two people. */
const SESSION_KEY = 'partyline.session.1';

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const forbidden: Store = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/** One of the browser's storages, or one that keeps nothing where the browser forbids it. */
export const storage = (kind: 'localStorage' | 'sessionStorage'): Store => {
  try {
    return globalThis[kind];
  } catch {
    return forbidden;
  }
};

/** What the tab remembers, or undefined. */
export const recall = (store: Store): Memory | undefined => {
  try {
    const memory = JSON.parse(store.getItem(SESSION_KEY) ?? 'null') as Memory | null;
    return memory?.held?.nick && memory.remembered
      ? { ...memory, drafts: memory.drafts ?? [] }
      : undefined;
  } catch {
    return undefined;
  }
};

export const remember = (store: Store, memory: Memory): void => {
  try {
    store.setItem(SESSION_KEY, JSON.stringify(memory));
  } catch {
    // It is full: the page goes on, and only doesn't survive being loaded again.
  }
};

export const forget = (store: Store): void => {
  store.removeItem(SESSION_KEY);
};

/** A setting of this browser, kept for later visits. */
export const setting = <T extends string>(store: Store, name: string, known?: readonly T[]) => ({
  read(): T | undefined {
    const value = store.getItem(`partyline.${name}`);
    return value !== null && (known?.includes(value as T) ?? true) ? (value as T) : undefined;
  },
  write(value: T): void {
    try {
      store.setItem(`partyline.${name}`, value);
    } catch {
      // It holds until the page is closed.
    }
  },
});
