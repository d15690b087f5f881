import { isPairRoom, isProblem, nickOfPlace, problem } from '@partyline/protocol';
import type { Line } from '../line.ts';
import type { UpTo } from '../request.ts';
import type { MemberHandler } from './desk.ts';
import { placeOf } from './room-of.ts';
import { pairWith } from './rooms.ts';

/** The last event of a log up to a point, and when that was said; a time that is asked for stays as it is. */
const pointIn = async (
  line: Line,
  room: string,
  upTo: UpTo,
): Promise<{ readonly seq: number; readonly at: number }> => {
  if ('seq' in upTo) {
    const { events } = await line.events(room, { before: upTo.seq + 1, limit: 1 });
    const [last] = events;
    return last === undefined ? { seq: 0, at: 0 } : { seq: last.seq, at: last.at };
  }
  const { events, head } = await line.events(room, { at: upTo.at + 1, limit: 1 });
  const [next] = events;
  return { seq: next === undefined ? head : next.seq - 1, at: upTo.at };
};

/** Keeps for the client's account how far it has read. */
export const mark: MemberHandler<'mark'> = async (desk, request, member) => {
  const place = placeOf(member, request.room);
  if (isProblem(place)) return place;
  if (isPairRoom(place)) return problem('room-unknown', { room: place });
  const nick = nickOfPlace(place);
  const log = nick === undefined ? place : await pairWith(desk, nick, member);
  if (isProblem(log)) return log;
  const point = await pointIn(desk.line, log, request);
  const receipt = await desk.publish('marked', { type: 'mark', room: place, ...point });
  if (isProblem(receipt)) return receipt;
  const { id: _, ...marked } = receipt;
  return marked;
};

export const markers: MemberHandler<'markers'> = async (desk, { rooms }, { session }) => ({
  type: 'markers',
  markers: await desk.line.markers(session, rooms),
});
