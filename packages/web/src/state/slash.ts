import type { ClientFrame } from '@partyline/client';
import type { TextKey } from '../text/texts.ts';

/** What a line of the composer asks for. */
export type Spoken =
  | { readonly do: 'say'; readonly text: string; readonly kind: 'message' | 'action' }
  /** Without text: opens the conversation. */
  | { readonly do: 'private'; readonly nick: string; readonly text: string }
  | { readonly do: 'ask'; readonly frame: ClientFrame }
  | { readonly do: 'go'; readonly room: string }
  | { readonly do: 'leave' }
  | { readonly do: 'help' }
  | {
      readonly do: 'wrong';
      readonly key: TextKey;
      readonly params?: Readonly<Record<string, string>>;
    };

type Command = {
  readonly usage: string;
  /** Undefined: not used as `usage` says. `room` is the room that is open, if one is. */
  readonly read: (rest: string, room: string | undefined) => Spoken | undefined;
};

const ask = (frame: ClientFrame): Spoken => ({ do: 'ask', frame });
const notInRoom: Spoken = { do: 'wrong', key: 'notInRoom' };
const inRoom = (room: string | undefined, frame: (room: string) => ClientFrame): Spoken =>
  room === undefined ? notInRoom : ask(frame(room));

const bareRoom = (name: string): string => name.replace(/^#/, '');

/** Every slash command of the page. */
const commands: Readonly<Record<string, Command>> = {
  nick: {
    usage: '/nick NAME',
    read: (rest) => (rest ? ask({ type: 'rename', nickname: rest }) : undefined),
  },
  msg: {
    usage: '/msg NAME [TEXT]',
    read: (rest) => {
      const [, nick, text = ''] = /^(\S+)(?:\s+(.*))?$/s.exec(rest) ?? [];
      return nick === undefined ? undefined : { do: 'private', nick, text };
    },
  },
  join: {
    usage: '/join ROOM',
    read: (rest) => (rest ? { do: 'go', room: bareRoom(rest) } : undefined),
  },
  part: {
    usage: '/part [ROOM]',
    read: (rest, room) =>
      rest
        ? ask({ type: 'part', room: bareRoom(rest) })
        : inRoom(room, (it) => ({ type: 'part', room: it })),
  },
  me: {
    usage: '/me TEXT',
    read: (rest, room) => {
      if (room === undefined) return notInRoom;
      return rest ? { do: 'say', text: rest, kind: 'action' } : undefined;
    },
  },
  topic: {
    usage: '/topic TEXT',
    read: (rest, room) =>
      rest ? inRoom(room, (it) => ({ type: 'topic', room: it, text: rest })) : undefined,
  },
  who: { usage: '/who', read: (_, room) => inRoom(room, (it) => ({ type: 'list', room: it })) },
  rooms: { usage: '/rooms', read: () => ask({ type: 'rooms' }) },
  register: {
    usage: '/register PASSWORD',
    read: (rest) => (rest ? ask({ type: 'register', password: rest }) : undefined),
  },
  identify: {
    usage: '/identify NAME PASSWORD',
    read: (rest) => {
      const [, nickname, password] = /^(\S+)\s+(.+)$/s.exec(rest) ?? [];
      return nickname && password ? ask({ type: 'identify', nickname, password }) : undefined;
    },
  },
  dns: {
    usage: '/dns NAME [TYPE] [@SERVER]',
    read: (rest, room) =>
      rest
        ? inRoom(room, (it) => ({ type: 'command', name: 'dns', args: rest, room: it }))
        : undefined,
  },
  help: { usage: '/help', read: () => ({ do: 'help' }) },
  quit: { usage: '/quit', read: () => ({ do: 'leave' }) },
};

/** How each command is used. */
export const usages: readonly string[] = Object.values(commands).map(({ usage }) => usage);

/** Reads what was written; `//text` says a text that starts with a slash. */
export const readSpoken = (written: string, room: string | undefined): Spoken => {
  if (!written.startsWith('/')) return { do: 'say', text: written, kind: 'message' };
  if (written.startsWith('//')) return { do: 'say', text: written.slice(1), kind: 'message' };
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(written) ?? [];
  const key = name.toLowerCase();
  const command = Object.hasOwn(commands, key) ? commands[key] : undefined;
  if (command === undefined) return { do: 'wrong', key: 'commandUnknown' };
  return (
    command.read(rest.trim(), room) ?? {
      do: 'wrong',
      key: 'usage',
      params: { usage: command.usage },
    }
  );
};
