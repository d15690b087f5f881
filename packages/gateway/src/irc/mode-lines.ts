import type { PersonalDeed, Role, RoomDeed } from '@partyline/protocol';
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

/** What somebody who runs a room did there, as a mode. */
export const deedLine = (room: string, by: string, what: RoomDeed): Line => {
  switch (what.deed) {
    case 'slow':
      return what.ms === 0
        ? modeLine(room, by, '-f')
        : modeLine(room, by, '+f', String(Math.ceil(what.ms / 1_000)));
    case 'role':
      return roleLine(room, by, what.nick, what.role);
    case 'configure': {
      const { visibility, speak } = what.settings;
      const isPrivate = visibility === 'private' ? '+is' : '-is';
      return modeLine(room, by, `${isPrivate}${speak === 'moderators' ? '+m' : '-m'}`);
    }
  }
};

/** What was done to one person in a room, as a mode. */
export const personalLine = (room: string, by: string, nick: string, what: PersonalDeed): Line =>
  what.deed === 'role'
    ? roleLine(room, by, nick, what.role)
    : modeLine(room, by, what.deed === 'mute' ? '+b' : '-b', `~q:${ircNick(nick)}`);
