import type { MemberHandler } from './desk.ts';

/** Rooms that are asked about at once. */
const AT_ONCE = 8;

/** The last event of each room; a room in which nothing was said has none. */
export const latest: MemberHandler<'latest'> = async (desk, _request, member) => {
  const rooms = [...member.rooms];
  const events = [];
  for (let from = 0; from < rooms.length; from += AT_ONCE) {
    const some = rooms.slice(from, from + AT_ONCE);
    const pages = await Promise.all(
      some.map((room) => desk.line.events(room, { before: Number.MAX_SAFE_INTEGER, limit: 1 })),
    );
    events.push(...pages.flatMap((page) => page.events));
  }
  return { type: 'latest', events };
};
