import {
  commandInfo,
  type Hello,
  isPairRoom,
  isProblem,
  limits,
  type Problem,
  problem,
  roomName,
} from '@partyline/protocol';
import { type Grant, reaches } from '../../people/bot.ts';
import type { InstanceRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';

type Said = Pick<InstanceRow, 'kind' | 'endpoints' | 'commands' | 'rooms' | 'bot'>;

/** The one spelling of the rooms that a bot wants to read, if its token is for them. */
const roomsToRead = (draft: Draft, asked: readonly string[], grant: Grant): string[] | Problem => {
  const rooms: string[] = [];
  for (const it of asked) {
    const room = isPairRoom(it) ? it : roomName(it);
    if (isProblem(room)) return room;
    if (!grant.scopes.includes('read') || !reaches(grant.rooms, room, draft.room(room)))
      return problem('token-scope', { needed: `read ${room}` });
    rooms.push(room);
  }
  return rooms;
};

/** Whether somebody else on the bus serves a slash command: a bot takes it from nobody. */
const isServedByOthers = (draft: Draft, name: string, bot: string): boolean =>
  [...draft.loaded.instances.values()].some(
    (it) => it?.bot?.bot !== bot && it?.commands.some((own) => own.name === name),
  );

/** What of a bot's hello is kept; a problem when it asks for more than its token allows. */
export const helloOfBot = (
  draft: Draft,
  instance: string,
  { kind, commands, sessions, rooms: asked }: Hello,
  grant: Grant,
): Said | Problem => {
  const { bot, scopes, rooms: allowed, until } = grant;
  if (sessions.length > 0) return problem('token-scope', { needed: 'sessions' });
  if (commands.length > 0 && !scopes.includes('commands'))
    return problem('token-scope', { needed: 'commands' });
  const others = [...draft.loaded.instances.values()].filter(
    (it) => it?.bot?.bot === bot && it.instance !== instance,
  );
  if (others.length >= limits.instancesPerBot) {
    const reason = `A bot has at most ${limits.instancesPerBot} instances.`;
    return problem('request-bad', { reason });
  }
  for (const { name } of commands.map(commandInfo))
    if (isServedByOthers(draft, name, bot)) return problem('command-taken', { name });
  const rooms = roomsToRead(draft, asked, grant);
  if (isProblem(rooms)) return rooms;
  return {
    kind,
    endpoints: [],
    commands: commands.map(commandInfo),
    rooms,
    bot: { bot, rooms: allowed, until },
  };
};
