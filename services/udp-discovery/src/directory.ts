import type { InstanceInfo } from '@partyline/protocol';

/** The endpoints of every instance, from memory, so that a question waits for nothing. */
export interface Directory extends Disposable {
  /** Asks chat-core now, not only when it is time. */
  refresh(): Promise<void>;
  /** Undefined until chat-core answered once. What was known last outlives a bus that is away. */
  endpoints(): readonly string[] | undefined;
}

export const createDirectory = (options: {
  /** Asks chat-core who is there. */
  readonly instances: () => Promise<readonly InstanceInfo[]>;
  /** How often it is asked. */
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
  /** Told what is known, each time it was asked for. */
  readonly onKnown?: (endpoints: readonly string[]) => void;
}): Directory => {
  const { instances, everyMs, onError, onKnown } = options;
  let known: readonly string[] | undefined;
  let asking: Promise<void> | undefined;

  const refresh = (): Promise<void> => {
    asking ??= instances()
      .then((all) => {
        known = [...new Set(all.flatMap((it) => it.endpoints))].filter(isOnNetwork);
        onKnown?.(known);
      }, onError)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  const timer = setInterval(refresh, everyMs);

  return {
    refresh,
    endpoints: () => known,
    [Symbol.dispose]: () => clearInterval(timer),
  };
};

/** A Unix socket leads nowhere from another machine. */
const isOnNetwork = (endpoint: string): boolean => !/^\w+\+unix:/.test(endpoint);
