import type { Held, Remembered, Talk } from '@partyline/client';
import { unread } from '@partyline/client';

/** What outlives the page being loaded again: in this tab only, so that two tabs are two people. */
export type Memory = {
  readonly held: Held;
  readonly remembered: Remembered;
  /** What was written and not sent, by conversation. */
  readonly drafts: readonly (readonly [key: string, text: string])[];
};

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

/** What is worth remembering of a line and its conversations. */
export const memoryOf = (held: Held, talk: Talk, drafts: ReadonlyMap<string, string>): Memory => {
  const { nick, ticket, cursors, outgoing } = held;
  const conversations = [...talk.conversations.values()];
  const read = conversations.flatMap((it): [string, number][] =>
    it.room === undefined || unread(it) === 0 ? [] : [[it.room, it.read]],
  );
  return {
    held: { nick, ticket, cursors, outgoing },
    drafts: [...drafts].filter(([, text]) => text !== ''),
    remembered: {
      current: talk.current,
      read: Object.fromEntries(read),
      cursors,
      privates: conversations
        .filter((it) => it.kind === 'private')
        .map(({ name, room }) => ({ nick: name, room })),
    },
  };
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
