import type { Locale } from '@partyline/protocol';

/** The json dialect's texts for people; programs go by the members beside them. */
type Texts = {
  readonly loggedIn: string;
  joined(nick: string, place: string, online: number): string;
  left(nick: string, place: string, online: number): string;
  renamed(was: string, nick: string, online: number): string;
  absent(nick: string, reason: 'away' | 'offline', text?: string): string;
  back(nick: string): string;
  more(joined: number, left: number, online: number): string;
  /** Where `joined` and `left` happened, by the room's name; the lobby is the whole line. */
  lobby: string;
  room(name: string): string;
  closing(why: string, detail: string): string;
};

export const texts: { readonly [L in Locale]: Texts } = {
  en: {
    loggedIn: 'Logged in.',
    joined: (nick, place, online) => `${nick} joined${place}. Online: ${online}`,
    left: (nick, place, online) => `${nick} left${place}. Online: ${online}`,
    renamed: (was, nick, online) => `${was} is now ${nick}. Online: ${online}`,
    absent: (nick, reason, text) => {
      if (reason === 'offline') return `${nick} is not here. The message waits.`;
      return text === undefined ? `${nick} is away.` : `${nick} is away: ${text}`;
    },
    back: (nick) => `${nick} is back.`,
    more: (joined, left, online) => {
      const parts = [];
      if (joined > 0) parts.push(`${joined} more joined`);
      if (left > 0) parts.push(`${left} more left`);
      return `… and ${parts.join(', ')}. Online: ${online}`;
    },
    lobby: '',
    room: (name) => ` #${name}`,
    closing: (why, detail) => `${why} ${detail}`,
  },
  'zh-CN': {
    loggedIn: '登录成功',
    joined: (nick, place, online) => `${nick} 进入了${place}，当前在线人数：${online}`,
    left: (nick, place, online) => `${nick} 离开了${place}，当前在线人数：${online}`,
    renamed: (was, nick, online) => `${was} 改名为 ${nick}，当前在线人数：${online}`,
    absent: (nick, reason, text) => {
      if (reason === 'offline') return `${nick} 不在线，消息将在上线后送达`;
      return text === undefined ? `${nick} 暂时离开` : `${nick} 暂时离开：${text}`;
    },
    back: (nick) => `${nick} 回来了`,
    more: (joined, left, online) => {
      const parts = [];
      if (joined > 0) parts.push(`另有 ${joined} 人进入`);
      if (left > 0) parts.push(`另有 ${left} 人离开`);
      return `${parts.join('，')}，当前在线人数：${online}`;
    },
    lobby: '聊天室',
    room: (name) => `房间 #${name}`,
    closing: (why, detail) => `${why}：${detail}`,
  },
};
