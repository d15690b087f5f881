import type { Event } from '@partyline/protocol';

/** What a client was shown. */
export type Place = {
  /** The last event of each room, as far as it is known. */
  readonly cursors: Readonly<Record<string, number>>;
  /** When that was said, in milliseconds since the Unix epoch: of other rooms, too, it was shown what was said until then. */
  readonly at?: number;
};

/**
 * An offset, as connection state recovery has it: a text at the end of each event, of which a client
 * sends the last one when it comes back. One text for all who read the event, so that it can't tell
 * how far each is in other rooms; when it was said tells that.
 */
export const offsetOf = ({ room, seq, at }: Event): string =>
  offsetText({ cursors: { [room]: seq }, at });

/** A place as an offset: `AT;ROOM:SEQ,ROOM:SEQ`. */
export const offsetText = ({ cursors, at }: Place): string =>
  `${at ?? ''};${Object.entries(cursors)
    .map(([room, seq]) => `${room}:${seq}`)
    .join(',')}`;

const whole = /^\d{1,15}$/;

/** The place that an offset tells, or undefined when it is none of ours. */
export const readOffset = (offset: unknown): Place | undefined => {
  if (typeof offset !== 'string') return undefined;
  const [at = '', rooms, ...more] = offset.split(';');
  if (rooms === undefined || more.length > 0 || (at !== '' && !whole.test(at))) return undefined;
  const entries = rooms === '' ? [] : rooms.split(',').map((it) => it.split(':'));
  const cursors: [string, number][] = [];
  for (const [room = '', seq = '', ...rest] of entries) {
    if (room === '' || !whole.test(seq) || rest.length > 0) return undefined;
    cursors.push([room, Number(seq)]);
  }
  return { cursors: Object.fromEntries(cursors), ...(at !== '' && { at: Number(at) }) };
};

/** Between the token and the epoch in a pid; neither has it. */
const PID_MARK = '~';

/**
 * A private session id, as connection state recovery has it: what a client comes back with. With the
 * epoch that its offsets belong to, so that a client who can't go on is told that it has not recovered.
 */
export const pidOf = (token: string, epoch: string): string => token + PID_MARK + epoch;

/** What a pid was made of, or undefined when it is none. */
export const readPid = (pid: unknown): { token: string; epoch: string } | undefined => {
  if (typeof pid !== 'string') return undefined;
  const [token = '', epoch, ...more] = pid.split(PID_MARK);
  return epoch === undefined || more.length > 0 ? undefined : { token, epoch };
};
