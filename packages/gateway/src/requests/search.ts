import { isProblem, limits } from '@partyline/protocol';
import type { MemberHandler } from './desk.ts';
import { roomOf } from './room-of.ts';

/** Searches a room that the client is in, or all of them. */
export const search: MemberHandler<'search'> = async (desk, request, member) => {
  const { text, before } = request;
  const room = request.room === undefined ? undefined : roomOf(member, request.room);
  if (isProblem(room)) return room;
  const limit = Math.min(request.limit, limits.searchEvents);
  const found = await desk.line.search(
    room === undefined ? { session: member.session } : { room },
    {
      ...{ text, limit },
      ...(before !== undefined && { before }),
    },
  );
  if (isProblem(found)) return found;
  return { type: 'search', text, ...(room !== undefined && { room }), ...found };
};
