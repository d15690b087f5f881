import type { PersonalDeed, Role, RoomDeed, SomeRoomSettings } from '@partyline/protocol';
import type { Capabilities } from './capabilities.ts';
import { channelOf, ircNick, prefixOf } from './names.ts';
import type { Line } from './wire/line.ts';

const modeLine = (room: string, by: string, modes: string, ...params: string[]): Line => ({
  source: prefixOf(by),
  command: 'MODE',
  params: [channelOf(room), modes, ...params],
});

/** A role as modes: nobody is told which one somebody had before. */
const roleModes = (role: Role): string => {
  if (role === 'owner') return '+q-o';
  return role === 'moderator' ? '+o-q' : '-oq';
};

const roleLine = (room: string, by: string, nick: string, role: Role): Line =>
  modeLine(room, by, roleModes(role), ircNick(nick), ircNick(nick));

/** Settings as modes; how long events are kept is none. */
const settingModes = ({ visibility, speak }: SomeRoomSettings): string => {
  const isPrivate = visibility && (visibility === 'private' ? '+is' : '-is');
  const isReadOnly = speak && (speak === 'moderators' ? '+m' : '-m');
  return `${isPrivate ?? ''}${isReadOnly ?? ''}`;
};

/** What somebody who runs a room did there: as a mode, or an invitation to those who want to know. */
export const deedLines = (
  room: string,
  by: string,
  what: RoomDeed,
  caps: Capabilities,
): readonly Line[] => {
  switch (what.deed) {
    case 'slow':
      return what.ms === 0
        ? [modeLine(room, by, '-f')]
        : [modeLine(room, by, '+f', String(Math.ceil(what.ms / 1_000)))];
    case 'role':
      return [roleLine(room, by, what.nick, what.role)];
    case 'configure': {
      const modes = settingModes(what.changed);
      return modes === '' ? [] : [modeLine(room, by, modes)];
    }
    case 'invite': {
      const params = [ircNick(what.nick), channelOf(room)];
      return caps.has('invite-notify') ? [{ source: prefixOf(by), command: 'INVITE', params }] : [];
    }
  }
};

/** What was done to one person in a room, as a mode. */
export const personalLine = (room: string, by: string, nick: string, what: PersonalDeed): Line =>
  what.deed === 'role'
    ? roleLine(room, by, nick, what.role)
    : modeLine(room, by, what.deed === 'mute' ? '+b' : '-b', `~q:${ircNick(nick)}`);
