import type { JoinFrame, Target } from '@partyline/client';
import { isProblem, problemText, roomName } from '@partyline/protocol';
import type { Environment } from '../environment.ts';
import { Failure } from '../exit-code.ts';
import type { Visit } from '../script/visit.ts';

/** A room as an argument names it, with or without `#`. */
export const readRoom = (given: string, { locale }: Environment): string => {
  const name = roomName(given);
  if (isProblem(name)) throw new Failure('usage', `${given}: ${problemText(name, locale)}`);
  return name;
};

/** Where something is said to: `ROOM`, `#ROOM`, or `@NICK` for one person alone. */
export const readTarget = (given: string, environment: Environment): Target =>
  given.startsWith('@') ? { nick: given.slice(1) } : { room: readRoom(given, environment) };

/** Enters a room; the lobby one is in already. The answer tells where its log stands. */
export const enter = (visit: Visit, room: string): Promise<JoinFrame> =>
  visit.ask(
    { type: 'join', room },
    (frame): frame is JoinFrame => frame.type === 'join' && frame.room === room,
  );
