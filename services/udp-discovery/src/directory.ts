import type { InstanceInfo } from '@partyline/protocol';

export type DirectoryOptions = {
  /** Asks chat-core who is there. */
  readonly instances: () => Promise<readonly InstanceInfo[]>;
  /** How old an answer may be before chat-core is asked again. */
  readonly maxAgeMs: number;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
};

/**
 * The endpoints of every instance, from memory, so that a question waits for nothing: one that
 * finds them old is still answered, and has them asked for anew. What was known last outlives a
 * bus that is away.
 */
export const createDirectory = ({ instances, maxAgeMs, now, onError }: DirectoryOptions) => {
  let known: { readonly endpoints: readonly string[]; readonly at: number } | undefined;
  let asking: Promise<void> | undefined;

  const refresh = (): Promise<void> => {
    asking ??= instances()
      .then((all) => {
        known = { endpoints: [...new Set(all.flatMap((it) => it.endpoints))], at: now() };
      }, onError)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };

  return {
    refresh,
    /** Undefined until chat-core answered once. */
    endpoints: (): readonly string[] | undefined => {
      if (known === undefined || now() - known.at > maxAgeMs) void refresh();
      return known?.endpoints;
    },
  };
};
