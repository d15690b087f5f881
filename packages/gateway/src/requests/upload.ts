import { isProblem, problem } from '@partyline/protocol';
import type { MemberHandler } from './desk.ts';
import { placeOf } from './room-of.ts';

/** The service that takes files, and where it does. */
const FILES = { kind: 'http-static', path: '/files' } as const;

/** A ticket for files, and where they are taken. */
export const upload: MemberHandler<'upload'> = async (desk, request, member) => {
  const place = placeOf(member, request.room);
  if (isProblem(place)) return place;
  const receipt = await desk.publish('ticket', { type: 'upload', room: place });
  if (isProblem(receipt)) return receipt;
  const taking = (await desk.line.instances()).find(({ kind }) => kind === FILES.kind);
  const [site] = taking?.endpoints ?? [];
  if (site === undefined) return problem('files-unserved');
  const { room, ticket, until } = receipt;
  const { id } = request;
  const told = { room, url: site + FILES.path, ticket, until };
  return { type: 'ticket', ...told, ...(id !== undefined && { id }) };
};
