import { isProblem } from '@partyline/protocol';
import type { MemberHandler } from './desk.ts';
import { roomOf } from './room-of.ts';

export const configure: MemberHandler<'configure'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  const command = { type: 'configure', room, ...request.settings } as const;
  const receipt = await desk.publish('configured', command);
  if (isProblem(receipt)) return receipt;
  const { settings, slowMs, role } = receipt;
  return { type: 'configured', room, settings, slowMs, role };
};

/** Lets somebody into the room, or no longer. */
export const invite: MemberHandler<'invite'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  const { nick, remove } = request;
  const receipt = await desk.publish('done', { type: 'invite', room, nick, remove });
  return isProblem(receipt) ? receipt : { type: 'invitation', room, nick, remove };
};
