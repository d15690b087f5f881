import { once } from 'node:events';
import { problem, toLine } from '@partyline/protocol';
import { type Log, sendProblem } from '@partyline/service';
import type { FastifyReply } from 'fastify';

/** A reader that took nothing for so long is gone, whatever its connection says. */
const STALL_MS = 120_000;
/** A line is sent at least this often. */
export const HEARTBEAT_MS = 10_000;

/** Lines as they become due, several at once; ends when the signal is aborted. */
export type Lines = (signal: AbortSignal) => AsyncIterable<readonly object[]>;

/** Answers with lines (NDJSON) for as long as somebody reads them. */
export type Follow = (reply: FastifyReply, lines: Lines) => FastifyReply;

export type FollowOptions = {
  /** Streams at once. */
  readonly most: number;
  readonly log: Log;
  /** Aborted when chat-core stops. */
  readonly stop: AbortSignal;
};

/**
 * Nothing is read for a reader before it has taken what was written to it: one that is slow costs a
 * page, and is told what it missed meanwhile from the store.
 */
export const createFollow = ({ most, log, stop }: FollowOptions): Follow => {
  let open = 0;

  const send = async ({ raw }: FastifyReply, lines: Lines): Promise<void> => {
    const closed = new AbortController();
    raw.on('close', () => closed.abort());
    const over = AbortSignal.any([closed.signal, stop]);
    for await (const them of lines(over)) {
      if (closed.signal.aborted) return;
      if (raw.write(them.map(toLine).join(''))) continue;
      await once(raw, 'drain', { signal: AbortSignal.any([over, AbortSignal.timeout(STALL_MS)]) });
    }
    if (!closed.signal.aborted) raw.end(toLine({ type: 'end' }));
  };

  return (reply, lines) => {
    if (open >= most) {
      reply.header('retry-after', 10);
      return sendProblem(reply, problem('streams-too-many', { limit: most }));
    }
    open += 1;
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.writeHead(200, {
      ...{ 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
    });
    reply.raw.flushHeaders();
    send(reply, lines)
      .catch((error: unknown) => {
        // A reader that stopped reading, or left: it comes back with what it saw last.
        const isLeft = error instanceof Error && error.name === 'AbortError';
        if (!isLeft) log.warn({ err: error }, 'a stream of the admin API broke');
        reply.raw.destroy();
      })
      .finally(() => {
        open -= 1;
      });
    return reply;
  };
};
