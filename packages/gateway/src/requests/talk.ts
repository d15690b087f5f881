import {
  cleanText,
  isPairRoom,
  isProblem,
  nickProblem,
  problem,
  textProblem,
} from '@partyline/protocol';
import { append } from './append.ts';
import type { MemberHandler } from './desk.ts';
import { roomOf } from './room-of.ts';

export const say: MemberHandler<'say'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  if (isPairRoom(room)) return problem('room-unknown', { room });
  const text = cleanText(request.text);
  const wrong = textProblem(text);
  if (wrong !== undefined) return wrong;
  const { kind, ref, id } = request;
  return append(desk, { type: 'say', room, text, kind, ...(ref !== undefined && { ref }) }, id);
};

export const priv: MemberHandler<'private'> = async (desk, { to, text: asked, kind, ref, id }) => {
  if (nickProblem(to) !== undefined) return problem('nick-unknown', { nick: to });
  const text = cleanText(asked);
  const wrong = textProblem(text);
  if (wrong !== undefined) return wrong;
  const how = { ...(kind !== undefined && { kind }), ...(ref !== undefined && { ref }) };
  return append(desk, { type: 'private', to, text, ...how }, id);
};

export const topic: MemberHandler<'topic'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  if (request.text === undefined) {
    const known = (await desk.line.rooms(member.session)).find((it) => it.room === room);
    const { topic, topicBy, topicAt } = known ?? {};
    return {
      ...{ type: 'topic', room, ...(topic !== undefined && { topic }) },
      ...(topicBy !== undefined && { topicBy }),
      ...(topicAt !== undefined && { topicAt }),
    };
  }
  const text = cleanText(request.text);
  const wrong = textProblem(text);
  // An empty topic takes the old one away.
  if (wrong !== undefined && wrong.code !== 'text-empty') return wrong;
  return append(desk, { type: 'topic', room, text: text.trim() }, undefined);
};

export const typing: MemberHandler<'typing'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  const receipt = await desk.publish('done', {
    ...{ type: 'typing', room },
    ...(request.stopped && { stopped: true }),
  });
  return isProblem(receipt) ? receipt : undefined;
};

export const invoke: MemberHandler<'invoke'> = async (
  desk,
  { name, args, room: asked },
  member,
) => {
  const room = roomOf(member, asked);
  if (isProblem(room)) return room;
  const text = cleanText(args);
  const wrong = textProblem(`${name} ${text}`);
  if (wrong !== undefined) return wrong;
  const receipt = await desk.publish('done', { type: 'invoke', name, args: text, room });
  return isProblem(receipt) ? receipt : undefined;
};
