import { ask, type Commands, inRoom, notInRoom, wordAndRest } from './command.ts';

const bareRoom = (name: string): string => name.replace(/^#/, '');

/** What anybody asks for. */
export const everydayCommands = {
  msg: {
    usage: '/msg NAME [TEXT]',
    purpose: 'aboutMsg',
    read: (rest) => {
      const [nick, text] = wordAndRest(rest);
      return nick === '' ? undefined : { do: 'private', nick, text };
    },
  },
  me: {
    usage: '/me TEXT',
    purpose: 'aboutMe',
    read: (rest, room) => {
      if (room === undefined) return notInRoom;
      return rest ? { do: 'say', text: rest, kind: 'action' } : undefined;
    },
  },
  join: {
    usage: '/join ROOM',
    purpose: 'aboutJoin',
    read: (rest) => (rest ? { do: 'go', room: bareRoom(rest) } : undefined),
  },
  part: {
    usage: '/part [ROOM]',
    purpose: 'aboutPart',
    read: (rest, room) =>
      rest
        ? ask({ type: 'part', room: bareRoom(rest) })
        : inRoom(room, (it) => ({ type: 'part', room: it })),
  },
  topic: {
    usage: '/topic TEXT',
    purpose: 'aboutTopic',
    read: (rest, room) =>
      rest ? inRoom(room, (it) => ({ type: 'topic', room: it, text: rest })) : undefined,
  },
  search: {
    usage: '/search WORDS',
    purpose: 'aboutSearch',
    read: (rest) => ({ do: 'find', words: rest }),
  },
  who: {
    usage: '/who',
    purpose: 'aboutWho',
    read: (_, room) => inRoom(room, (it) => ({ type: 'list', room: it })),
  },
  rooms: { usage: '/rooms', purpose: 'aboutRooms', read: () => ask({ type: 'rooms' }) },
  nick: {
    usage: '/nick NAME',
    purpose: 'aboutNick',
    read: (rest) => (rest ? ask({ type: 'rename', nickname: rest }) : undefined),
  },
  away: {
    usage: '/away [TEXT]',
    purpose: 'aboutAway',
    read: (rest) => ask({ type: 'away', ...(rest && { text: rest }) }),
  },
  back: { usage: '/back', purpose: 'aboutBack', read: () => ask({ type: 'back' }) },
  register: {
    usage: '/register PASSWORD',
    purpose: 'aboutRegister',
    read: (rest) => (rest ? ask({ type: 'register', password: rest }) : undefined),
  },
  identify: {
    usage: '/identify NAME PASSWORD',
    purpose: 'aboutIdentify',
    read: (rest) => {
      const [nickname, password] = wordAndRest(rest);
      return nickname && password ? ask({ type: 'identify', nickname, password }) : undefined;
    },
  },
  dns: {
    usage: '/dns NAME [TYPE] [@SERVER]',
    purpose: 'aboutDns',
    read: (rest, room) =>
      inRoom(room, (it) =>
        rest ? { type: 'command', name: 'dns', args: rest, room: it } : undefined,
      ),
  },
  help: { usage: '/help', purpose: 'aboutHelp', read: () => ({ do: 'help' }) },
  quit: { usage: '/quit', purpose: 'aboutQuit', read: () => ({ do: 'leave' }) },
} as const satisfies Commands;
