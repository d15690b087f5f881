import type { InstanceInfo } from '@partyline/protocol';
import type { Knowledge } from './discover/answer.ts';

/** The endpoints of every instance, from memory, so that a question waits for nothing. */
export interface Directory extends Disposable {
  /** Asks chat-core now, not only when it is time. */
  refresh(): Promise<void>;
  /** Undefined until chat-core answered once. What was known last outlives a bus that is away. */
  knowledge(): Knowledge | undefined;
}

/** How often chat-core is asked who is there. */
const REFRESH_MS = 2_000;

export const createDirectory = (options: {
  /** Asks chat-core who is there. */
  readonly instances: () => Promise<readonly InstanceInfo[]>;
  readonly name: string;
  readonly version: string;
  readonly onError: (error: unknown) => void;
  /** Told what is known, each time it was asked for. */
  readonly onKnown?: (endpoints: readonly string[]) => void;
}): Directory => {
  const { instances, name, version, onError, onKnown } = options;
  let known: Knowledge | undefined;
  let asking: Promise<void> | undefined;

  const refresh = (): Promise<void> => {
    asking ??= instances()
      .then((all) => {
        const endpoints = [...new Set(all.flatMap((it) => it.endpoints))].filter(isOnNetwork);
        known = { name, version, endpoints };
        onKnown?.(endpoints);
      }, onError)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  const timer = setInterval(refresh, REFRESH_MS);

  return {
    refresh,
    knowledge: () => known,
    [Symbol.dispose]: () => clearInterval(timer),
  };
};

/** A Unix socket leads nowhere from another machine. */
const isOnNetwork = (endpoint: string): boolean => !/^\w+\+unix:/.test(endpoint);
