import type { TalkingClient } from './client.ts';
import type { Entry } from './log.ts';

/**
 * Every way in which what clients were promised was not kept; empty when all was.
 * 1. The log is numbered 1, 2, 3 … without holes, and holds each id once.
 * 2. Everything acknowledged is in the log, under the number of its ack.
 * 3. Each client saw every event since it came, once, in order.
 */
export const brokenPromises = (
  log: readonly Entry[],
  clients: readonly TalkingClient[],
): readonly string[] => {
  const broken: string[] = [];
  const numbers = new Map<string, number>();
  for (const [index, { seq, id, nick }] of log.entries()) {
    if (seq !== index + 1) broken.push(`the log has ${seq} in place of ${index + 1}`);
    const key = `${nick} ${id}`;
    if (numbers.has(key)) broken.push(`${id} of ${nick} is in the log twice`);
    numbers.set(key, seq);
  }
  for (const { nick, acked, seen, since, gaps } of clients) {
    for (const gap of gaps) broken.push(`${nick} was told of a gap: ${JSON.stringify(gap)}`);
    for (const [id, seq] of acked) {
      const stored = numbers.get(`${nick} ${id}`);
      if (stored !== seq) broken.push(`${id} was acked as ${seq} and is ${stored ?? 'not'} there`);
    }
    const owed = log.slice(since);
    const first = owed.findIndex(({ seq, id }, index) => {
      const got = seen[index];
      return got === undefined || got.seq !== seq || got.id !== id;
    });
    if (first !== -1 || seen.length !== owed.length)
      broken.push(
        `${nick} saw ${seen.length} of ${owed.length} events; at ${since + first + 1} it saw ` +
          `${JSON.stringify(seen[first])} for ${JSON.stringify(owed[first])}`,
      );
  }
  return broken;
};
