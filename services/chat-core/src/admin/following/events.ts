import { limits } from '@partyline/protocol';
import type { Reader } from '../../store/port.ts';
import type { Bell } from './bell.ts';
import { HEARTBEAT_MS } from './follow.ts';
import type { EventLine } from './lines.ts';

export type Followed = {
  readonly room: string;
  /** The last event that was seen; else it begins with what is said from now on. */
  readonly after: number | undefined;
  /** In which log. */
  readonly epoch: string | undefined;
};

export type EventsOptions = {
  readonly read: Pick<Reader, 'page' | 'room'>;
  readonly epoch: string;
  readonly bell: Bell;
  readonly now: () => number;
};

/**
 * A room's log from a number on, and then what is appended. All of it is read from the log, so that
 * there is no hole and nothing twice where the one becomes the other.
 */
export async function* followEvents(
  { read, epoch, bell, now }: EventsOptions,
  { room, after, epoch: known = epoch }: Followed,
  signal: AbortSignal,
): AsyncGenerator<readonly EventLine[]> {
  using listener = bell.listen((it) => it.type === 'event' && it.event.room === room);
  const head = (await read.room(room))?.seq ?? 0;
  const isSame = known === epoch;
  let cursor = isSame ? Math.min(after ?? head, head) : 0;
  yield [{ type: 'begin', room, epoch, after: cursor, head }];
  if (!isSame) yield [{ type: 'gap', after: 0, next: 1 }];
  while (!signal.aborted) {
    const { events } = await read.page(room, { after: cursor, limit: limits.pageEvents });
    const lines = events.flatMap((event): EventLine[] => {
      const missed = cursor;
      cursor = event.seq;
      const line = { type: 'event', event } as const;
      const isHole = event.seq > missed + 1;
      return isHole ? [{ type: 'gap', after: missed, next: event.seq }, line] : [line];
    });
    if (lines.length > 0) yield lines;
    else if (!(await listener.next(HEARTBEAT_MS, signal)) && !signal.aborted)
      yield [{ type: 'heartbeat', at: now() }];
  }
}
