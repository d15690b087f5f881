import { reaches } from '../../people/bot.ts';
import type { HookRow, Refusal } from '../../store/hooks/rows.ts';
import type { Reader } from '../../store/port.ts';
import { eventMessage, gapMessage } from './message.ts';
import type { Post } from './post.ts';
import type { Progress } from './progress.ts';
import { isRefusal, REFUSALS, Refusals } from './refusals.ts';
import { retryMs } from './retry.ts';
import type { Message } from './signature.ts';

/** Events read at once; the longest are 32 KB. */
const PAGE_EVENTS = 20;
/** Rooms remembered that have something to tell; more are looked up in the store. */
const ROOMS = 1_000;

/** The store is asked again so long after it failed. */
const RESTING_MS = 1_000;

export type CourierParts = {
  readonly epoch: string;
  readonly read: Pick<Reader, 'page' | 'room' | 'hooks'>;
  readonly post: Post;
  readonly progress: Progress;
  readonly now: () => number;
  readonly random: () => number;
  /** Waits; returns early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A hook that nothing reached for so long is given up. */
  readonly giveUpMs: number;
  /** Nothing reaches the hook since then, or (null) something does again. */
  readonly onFailing: (hook: string, since: number | null, error: string | null) => void;
  /** An event was refused so often that it is passed over. */
  readonly onRefused: (hook: string, refused: Omit<Refusal, 'at'>) => void;
  readonly onGivenUp: (hook: string, error: string) => void;
  /** The store could not be read. */
  readonly onError: (hook: string, error: unknown) => void;
  readonly onSent: (outcome: 'delivered' | 'failed') => void;
};

/** Tells one hook what is said. */
export interface Courier {
  /** Something was said in a room that may be for the hook. */
  wake(room: string): void;
  /** A call under way is broken off: whether it arrived is not known, so it is made again later. */
  stop(): Promise<void>;
}

/**
 * Tells a hook the logs of its rooms from where it was, one event at a time, so that each room's
 * come in order. What fails is read anew before it is tried again: what was taken back meanwhile is
 * not told. Of a room nothing is kept in memory but its name.
 */
export const startCourier = (hook: HookRow, parts: CourierParts): Courier => {
  const { epoch, read, post, progress, now } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const waiting = new Set<string>();
  /** There may be more rooms than `waiting` has. */
  let isMore = true;
  let ring = (): void => {};
  let failures = 0;
  const refusals = new Refusals();
  let { failingSince } = hook;

  /** Whether that is done with: it arrived, or is passed over. When it isn't, it is time to try again. */
  const deliver = async (room: string, seq: number, message: Message): Promise<boolean> => {
    const result = await post(hook, message, signal);
    if (signal.aborted) return false;
    parts.onSent(result.type === 'done' ? 'delivered' : 'failed');
    if (result.type === 'done') {
      if (failingSince !== null) parts.onFailing(hook.hook, null, null);
      failures = 0;
      failingSince = null;
      refusals.forget(room);
      return true;
    }
    failures += 1;
    failingSince ??= now();
    const { error, gone, waitMs, status } = result;
    if (gone || now() - failingSince >= parts.giveUpMs) {
      stopping.abort();
      parts.onGivenUp(hook.hook, error);
      return false;
    }
    if (failures === 1) parts.onFailing(hook.hook, failingSince, error);
    const refused = isRefusal(status) ? refusals.count(room, seq) : 0;
    if (refused === REFUSALS) {
      parts.onRefused(hook.hook, { room, seq, error });
      refusals.forget(room);
      // The next one is an event of its own; that nothing arrives is still known.
      failures = 0;
      return true;
    }
    const tries = Math.max(failures, refused);
    await parts.sleep(Math.max(waitMs, retryMs(tries, parts.random)), signal);
    return false;
  };

  /** Tells a part of a room's log. Whether there may be more of it. */
  const tell = async (room: string): Promise<boolean> => {
    const after = await progress.of(hook.hook, room);
    const page = await read.page(room, { after, limit: PAGE_EVENTS });
    // Asked after it was read: what was said in a room that was closed meanwhile is not told.
    const row = await read.room(room);
    const [first] = page.events;
    if (first === undefined || !reaches(hook.rooms, room, row)) return false;
    if (first.seq > after + 1) {
      const gap = { room, from: after + 1, next: first.seq };
      if (!(await deliver(room, gap.from, gapMessage(hook.hook, epoch, gap, now())))) return true;
      progress.note(hook.hook, room, first.seq - 1);
    }
    for (const event of page.events) {
      const isWanted = hook.kinds.includes(event.kind);
      if (isWanted && !(await deliver(room, event.seq, eventMessage(hook.hook, epoch, event))))
        return true;
      progress.note(hook.hook, room, event.seq);
    }
    return true;
  };

  const tellNext = async (room: string): Promise<void> => {
    waiting.delete(room);
    // To the end of the line: a room where much is said doesn't hold the others up.
    if (await tell(room)) waiting.add(room);
  };
  const lookAround = async (): Promise<void> => {
    isMore = false;
    const rooms = await read.hooks.behind(hook, ROOMS);
    if (rooms.length === ROOMS) isMore = true;
    for (const it of rooms) waiting.add(it);
  };
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      ring = resolve;
    });

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const [room] = waiting;
      try {
        await (room !== undefined ? tellNext(room) : isMore ? lookAround() : rest());
      } catch (error) {
        parts.onError(hook.hook, error);
        isMore = true;
        await parts.sleep(RESTING_MS, signal);
      }
    }
  };
  const over = run();

  return {
    wake: (room) => {
      if (waiting.size < ROOMS) waiting.add(room);
      else isMore = true;
      ring();
    },
    stop: async () => {
      stopping.abort();
      ring();
      await over;
    },
  };
};
