import type { Event } from '@partyline/protocol';
import type { Message } from './signature.ts';

/** A room's name within an id of visible ASCII that has no full stop, as the signature wants it. */
export const inId = (room: string): string => encodeURIComponent(room).replaceAll('.', '%2E');

export const message = (id: string, type: string, at: number, data: unknown): Message => {
  const timestamp = new Date(at).toISOString();
  return { id, body: JSON.stringify({ type, timestamp, data }) };
};

/** The message that tells an event: the same id however often it is sent. */
export const eventMessage = (hook: string, epoch: string, event: Event): Message =>
  message(
    `${hook}_${epoch}_${event.seq}_${inId(event.room)}`,
    `room.${event.kind}`,
    event.at,
    event,
  );

/** Events of a room that were deleted before they could be told: from a number up to before another. */
export type Gap = { readonly room: string; readonly from: number; readonly next: number };

export const gapMessage = (hook: string, epoch: string, gap: Gap, now: number): Message =>
  message(`${hook}_${epoch}_gap${gap.from}_${inId(gap.room)}`, 'room.gap', now, gap);
