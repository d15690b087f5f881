import { readSpoken, type Spoken } from '@partyline/client';
import type { Told } from '../commands/command.ts';
import { type ThemeName, themeNames } from './theme.ts';

/** What a line of the input asks for: what every client's line can, and what pages have buttons for. */
export type Written =
  | Spoken
  /** Without a nick, what somebody else said last is meant. */
  | { readonly do: 'reply'; readonly words: string }
  | { readonly do: 'edit'; readonly text: string }
  | { readonly do: 'delete' }
  | { readonly do: 'react'; readonly reaction: string; readonly nick: string }
  /** What was refused goes again, or is let go. */
  | { readonly do: 'again' | 'drop' }
  /** Leaves the room, or puts the private conversation away. */
  | { readonly do: 'close' }
  | { readonly do: 'theme'; readonly name: ThemeName };

type OwnCommand = {
  readonly usage: string;
  readonly purpose: Told;
  readonly read: (rest: string) => Written | undefined;
};

/** Commands of this client alone. */
export const ownCommands: Readonly<Record<string, OwnCommand>> = {
  reply: {
    usage: '/reply [NAME] TEXT',
    purpose: { en: 'reply to what NAME, or somebody, said last', 'zh-CN': '回复对方最近一条消息' },
    read: (words) => (words === '' ? undefined : { do: 'reply', words }),
  },
  edit: {
    usage: '/edit TEXT',
    purpose: { en: 'say otherwise what you said last', 'zh-CN': '修改自己最近一条消息' },
    read: (text) => (text === '' ? undefined : { do: 'edit', text }),
  },
  delete: {
    usage: '/delete',
    purpose: { en: 'take back what you said last', 'zh-CN': '撤回自己最近一条消息' },
    read: () => ({ do: 'delete' }),
  },
  react: {
    usage: '/react EMOJI [NAME]',
    purpose: { en: 'react to what was said last', 'zh-CN': '回应最近一条消息' },
    read: (rest) => {
      const [reaction = '', nick = ''] = rest.split(/\s+/);
      return reaction === '' ? undefined : { do: 'react', reaction, nick };
    },
  },
  again: {
    usage: '/again',
    purpose: { en: 'send what was not sent once more', 'zh-CN': '重发未发送的消息' },
    read: () => ({ do: 'again' }),
  },
  drop: {
    usage: '/drop',
    purpose: { en: 'let go of what was not sent', 'zh-CN': '丢弃未发送的消息' },
    read: () => ({ do: 'drop' }),
  },
  close: {
    usage: '/close',
    purpose: { en: 'close this conversation', 'zh-CN': '关闭当前会话' },
    read: () => ({ do: 'close' }),
  },
  theme: {
    usage: `/theme ${themeNames.join('|')}`,
    purpose: { en: 'change the colours', 'zh-CN': '更改配色' },
    read: (rest) => {
      const name = themeNames.find((it) => it === rest);
      return name === undefined ? undefined : { do: 'theme', name };
    },
  },
};

/** Reads what was written; `//text` says a text that starts with a slash. */
export const readWritten = (written: string, room: string | undefined): Written => {
  const [, name = '', rest = ''] = /^\/([a-z]+)\s*(.*)$/is.exec(written) ?? [];
  const key = name.toLowerCase();
  const own = Object.hasOwn(ownCommands, key) ? ownCommands[key] : undefined;
  if (own === undefined) return readSpoken(written, room);
  return own.read(rest.trim()) ?? { do: 'wrong', key: 'usage', params: { usage: own.usage } };
};
