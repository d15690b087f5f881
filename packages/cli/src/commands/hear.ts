import type { EventFrame } from '@partyline/client';
import { listenToFeed } from '@partyline/lan';
import { eventObject } from '@partyline/protocol';
import type { Environment } from '../environment.ts';
import { Failure } from '../exit-code.ts';
import { messages } from '../text/messages.ts';

/**
 * Hears rooms of the feed that a server sends to the network's multicast groups, each event once and
 * in order; all of its rooms when none is named. Runs until the command is to end; rejects with
 * `Failure`.
 */
export const hearFeed = async (
  rooms: readonly string[],
  show: (event: EventFrame) => Promise<void>,
  { env, locale, stderr, stop }: Environment,
): Promise<never> => {
  const text = messages[locale];
  const ended = Promise.withResolvers<never>();
  let last = Promise.resolve();
  const key = env.PARTYLINE_UDP_KEY;
  const listening = listenToFeed({
    ...(key !== undefined && { key }),
    wants: (room) => rooms.length === 0 || rooms.includes(room),
    onNews: (news) => {
      for (const it of news)
        if (it.type === 'gap') stderr.write(`partyline: ${text.gap(it.room)}\n`);
        else last = last.then(() => show(eventObject(it.event) as EventFrame));
      last.catch(ended.reject);
    },
  });
  await using _ = await listening.catch((error: Error) => {
    throw new Failure('unreachable', text.feedUnheard(error.message));
  });
  stop.addEventListener('abort', () => ended.reject(stop.reason), { once: true });
  stop.throwIfAborted();
  return await ended.promise;
};
