import type { Readable, Writable } from 'node:stream';
import type { Locale } from '@partyline/protocol';

/** What a command has of the world around it. */
export type Environment = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly locale: Locale;
  /** Aborted with a `Failure` when the command is to end: Ctrl-C, SIGTERM, nobody reads its output. */
  readonly stop: AbortSignal;
};

/** Writes to a stream, and waits while it can't take more. */
export const write = async (stream: Writable, text: string, stop: AbortSignal): Promise<void> => {
  stop.throwIfAborted();
  if (stream.write(text)) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const give = (): void => reject(stop.reason);
  stream.once('drain', resolve);
  stop.addEventListener('abort', give, { once: true });
  try {
    await promise;
  } finally {
    stream.off('drain', resolve);
    stop.removeEventListener('abort', give);
  }
};
