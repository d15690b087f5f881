import { isProblem } from '@partyline/protocol';
import type { Handler, MemberHandler } from './desk.ts';
import { roomOf } from './room-of.ts';

/** The slash commands that somebody serves in a room. */
export const commands: MemberHandler<'commands'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  return { type: 'commands', room, commands: await desk.line.commands(room) };
};

/** What there is to ask for. It is told even when the line is away, without what others registered. */
export const help: Handler<'help'> = async (desk, _request, member) => {
  const room = member?.room;
  const registered = room === undefined ? [] : await desk.line.commands(room).catch(() => []);
  return { type: 'help', commands: registered };
};
