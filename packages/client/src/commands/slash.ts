import { ask, type Command, type Commands, type Spoken } from './command.ts';
import { everydayCommands } from './everyday.ts';
import { moderationCommands } from './moderation.ts';

/** Every slash command that clients have in common. */
const commands: Commands = { ...everydayCommands, ...moderationCommands };

/** The commands that begin with what is being written, if that can still be one's name. */
export const completions = (written: string): readonly Command[] => {
  const [, begun] = /^\/([a-z]*)$/i.exec(written) ?? [];
  if (begun === undefined) return [];
  const name = begun.toLowerCase();
  return Object.entries(commands).flatMap(([it, command]) =>
    it.startsWith(name) ? [command] : [],
  );
};

/** Whether a command is one that clients know by themselves. */
export const isOwnCommand = (name: string): boolean => Object.hasOwn(commands, name);

/** All of them. */
export const allCommands: readonly Command[] = Object.values(commands);

/**
 * Reads what was written; `//text` says a text that starts with a slash. What no client knows
 * may be a command that some service of the room serves.
 */
export const readSpoken = (written: string, room: string | undefined): Spoken => {
  if (!written.startsWith('/')) return { do: 'say', text: written, kind: 'message' };
  if (written.startsWith('//')) return { do: 'say', text: written.slice(1), kind: 'message' };
  const [, name = '', rest = ''] = /^\/(\S*)\s*(.*)$/s.exec(written) ?? [];
  const key = name.toLowerCase();
  const command = Object.hasOwn(commands, key) ? commands[key] : undefined;
  if (command === undefined) {
    if (room === undefined || !/^[a-z0-9_-]{1,32}$/.test(key))
      return { do: 'wrong', key: 'commandUnknown' };
    return ask({ type: 'command', name: key, args: rest.trim(), room });
  }
  return (
    command.read(rest.trim(), room) ?? {
      do: 'wrong',
      key: 'usage',
      params: { usage: command.usage },
    }
  );
};
