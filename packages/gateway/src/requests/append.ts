import { type Command, isProblem, type Problem } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { Desk } from './desk.ts';

/** Publishes an event. Only who gave an id of its own is told that it is durable. */
export const append = async (
  desk: Desk,
  command: Command,
  id: string | undefined,
): Promise<Answer | Problem | undefined> => {
  const receipt = await desk.publish('published', command, id);
  if (isProblem(receipt)) return receipt;
  const { room, seq, at } = receipt;
  return id === undefined ? undefined : { type: 'published', room, seq, at, id };
};
