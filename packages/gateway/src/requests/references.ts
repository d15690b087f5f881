import { cleanText, isProblem, reactionProblem, textProblem } from '@partyline/protocol';
import { append } from './append.ts';
import type { MemberHandler } from './desk.ts';
import { placeOf } from './room-of.ts';

export const edit: MemberHandler<'edit'> = async (desk, request, member) => {
  const room = placeOf(member, request.room);
  if (isProblem(room)) return room;
  const text = cleanText(request.text);
  const wrong = textProblem(text);
  if (wrong !== undefined) return wrong;
  return append(desk, { type: 'edit', room, ref: request.ref, text }, request.id);
};

export const takeBack: MemberHandler<'delete'> = async (desk, request, member) => {
  const room = placeOf(member, request.room);
  if (isProblem(room)) return room;
  return append(desk, { type: 'delete', room, ref: request.ref }, request.id);
};

export const react: MemberHandler<'react'> = async (desk, request, member) => {
  const room = placeOf(member, request.room);
  if (isProblem(room)) return room;
  const text = cleanText(request.reaction);
  const wrong = reactionProblem(text);
  if (wrong !== undefined) return wrong;
  const { ref, remove = false, id } = request;
  return append(desk, { type: 'react', room, ref, text, remove }, id);
};
