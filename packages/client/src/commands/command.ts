import type { ClientFrame } from '../line/wire.ts';
import type { commandTexts } from './texts.ts';

/** What a line of the composer asks for. */
export type Spoken =
  | { readonly do: 'say'; readonly text: string; readonly kind: 'message' | 'action' }
  /** Without text: opens the conversation. */
  | { readonly do: 'private'; readonly nick: string; readonly text: string }
  | { readonly do: 'ask'; readonly frame: ClientFrame }
  | { readonly do: 'go'; readonly room: string }
  | { readonly do: 'find'; readonly words: string }
  | { readonly do: 'leave' }
  | { readonly do: 'help' }
  | {
      readonly do: 'wrong';
      readonly key: 'commandUnknown' | 'notInRoom' | 'usage';
      readonly params?: Readonly<Record<string, string>>;
    };

/** A slash command. */
export type Command = {
  readonly usage: string;
  readonly purpose: keyof typeof commandTexts;
  /** Undefined: not used as `usage` says. `room` is the room that is open, if one is. */
  readonly read: (rest: string, room: string | undefined) => Spoken | undefined;
};

export type Commands = Readonly<Record<string, Command>>;

export const ask = (frame: ClientFrame): Spoken => ({ do: 'ask', frame });

export const notInRoom: Spoken = { do: 'wrong', key: 'notInRoom' };

/** What is asked about the room that is open. */
export const inRoom = (
  room: string | undefined,
  frame: (room: string) => ClientFrame | undefined,
): Spoken | undefined => {
  if (room === undefined) return notInRoom;
  const asked = frame(room);
  return asked === undefined ? undefined : ask(asked);
};

/** The first word of what follows a command, and the rest. */
export const wordAndRest = (rest: string): readonly [word: string, rest: string] => {
  const [, word = '', more = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
  return [word, more];
};
