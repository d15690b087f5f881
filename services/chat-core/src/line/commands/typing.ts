import { isProblem } from '@partyline/protocol';
import { actor, type Decider } from './asked.ts';
import { joinedRoom, spelling } from './say.ts';

/** Tells a room that somebody is about to say something, or no longer. Nothing is kept of it. */
export const typing: Decider<'typing'> = (asked) => {
  const { draft, command } = asked;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  const author = actor(asked);
  if ('code' in author) return author;
  const room = joinedRoom(draft, author, name);
  if ('code' in room) return room;
  const { nick, session } = author;
  draft.effects.push({
    type: 'signal',
    signal: {
      ...{ type: 'typing', room: room.room, nick, session },
      ...(command.stopped && { stopped: true }),
    },
  });
  return { type: 'done' };
};
