import { type EventFrame, isReference, type SpokenFrame } from '@partyline/client';
import type { Locale } from '@partyline/protocol';
import { safeLine, safeText } from './safe-text.ts';

type Texts = {
  topicSet(nick: string, text: string): string;
  topicCleared(nick: string): string;
  edited(nick: string, text: string): string;
  takenBack(nick: string): string;
  reacted(nick: string, reaction: string, quote: string): string;
  unreacted(nick: string, reaction: string, quote: string): string;
  readonly gone: string;
};

const texts: { readonly [L in Locale]: Texts } = {
  en: {
    topicSet: (nick, text) => `* ${nick} set the topic: ${text}`,
    topicCleared: (nick) => `* ${nick} took the topic away`,
    edited: (nick, text) => `${nick} (edited): ${text}`,
    takenBack: (nick) => `* ${nick} took a message back`,
    reacted: (nick, reaction, quote) => `* ${nick} reacted ${reaction}${quote}`,
    unreacted: (nick, reaction, quote) => `* ${nick} took ${reaction} away${quote}`,
    gone: '(taken back)',
  },
  'zh-CN': {
    topicSet: (nick, text) => `* ${nick} 设置了话题：${text}`,
    topicCleared: (nick) => `* ${nick} 清除了话题`,
    edited: (nick, text) => `${nick}（已修改）：${text}`,
    takenBack: (nick) => `* ${nick} 撤回了一条消息`,
    reacted: (nick, reaction, quote) => `* ${nick} 回应了 ${reaction}${quote}`,
    unreacted: (nick, reaction, quote) => `* ${nick} 取消了回应 ${reaction}${quote}`,
    gone: '（已撤回）',
  },
};

const quoteText = ({ quote }: Pick<SpokenFrame, 'quote'>): string =>
  quote === undefined ? '' : ` → ${safeLine(`${quote.nickname}: ${quote.message}`).trimEnd()}`;

const spokenLines = (event: SpokenFrame, text: Texts): readonly string[] => {
  const from =
    event.type === 'p2p'
      ? `${safeLine(event.from)} → ${safeLine(event.to)}`
      : safeLine(event.nickname);
  const who = `${from}${quoteText(event)}`;
  const words = event.message === '' ? text.gone : safeText(event.message);
  const isAction = event.type === 'broadcast' && event.kind === 'action';
  // Each line says who speaks, so that nobody can put words into another's mouth.
  return words.split('\n').map((line) => (isAction ? `* ${who} ${line}` : `${who}: ${line}`));
};

/** An entry of a log as lines of plain text, safe on any terminal. */
export const eventLines = (event: EventFrame, locale: Locale): readonly string[] => {
  const text = texts[locale];
  if (event.type === 'topic') {
    const nick = safeLine(event.nickname);
    return [
      event.text === '' ? text.topicCleared(nick) : text.topicSet(nick, safeLine(event.text)),
    ];
  }
  if (!isReference(event)) return spokenLines(event, text);
  const nick = safeLine(event.nickname);
  switch (event.type) {
    case 'edit':
      return safeText(event.message)
        .split('\n')
        .map((line) => text.edited(nick, line || text.gone));
    case 'delete':
      return [text.takenBack(nick)];
    case 'react':
      return [text.reacted(nick, safeLine(event.reaction), quoteText(event))];
    case 'unreact':
      return [text.unreacted(nick, safeLine(event.reaction), quoteText(event))];
  }
};
