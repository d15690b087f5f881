import { type Event, isPairRoom } from '@partyline/protocol';
import type { Capabilities } from './capabilities.ts';
import { channelOf, ircNick, msgid, prefixOf } from './names.ts';
import type { Texts } from './texts.ts';
import { ctcp } from './wire/formatting.ts';
import type { Line } from './wire/line.ts';
import { LINE_BYTES } from './wire/message.ts';
import { splitBytes } from './wire/split.ts';

/** Who an event is told to: the channel, or in a pair's log whom it was sent to. */
const targetOf = ({ room, to = '' }: Event): string =>
  isPairRoom(room) ? ircNick(to) : channelOf(room);

/** What a message is replied, reacted or otherwise related to. */
const replyTags = ({ room, ref }: Event): Readonly<Record<string, string>> =>
  ref === undefined ? {} : { '+reply': msgid(room, ref), '+draft/reply': msgid(room, ref) };

const eventTags = (event: Event): Readonly<Record<string, string>> => {
  const { accountNick } = event;
  return {
    time: new Date(event.at).toISOString(),
    msgid: msgid(event.room, event.seq),
    ...(accountNick !== undefined && { account: ircNick(accountNick) }),
  };
};

/** A text on as many lines as it has, or needs. The first bears the id, so that ids stay unique. */
const spoken = (event: Event, command: 'PRIVMSG' | 'NOTICE', text: string): readonly Line[] => {
  const source = prefixOf(event.nick);
  const target = targetOf(event);
  const isAction = event.kind === 'action';
  const overhead = `:${source} ${command} ${target} :`;
  const room =
    LINE_BYTES - Buffer.byteLength(overhead) - (isAction ? ctcp('ACTION', '').length : 0);
  const parts = text
    .split('\n')
    .filter((part) => part !== '')
    .flatMap((part) => splitBytes(part, room));
  const { msgid: id = '', ...more } = eventTags(event);
  return parts.map((part, index) => ({
    tags: index === 0 ? { ...more, msgid: id, ...replyTags(event) } : more,
    source,
    command,
    params: [target, isAction ? ctcp('ACTION', part) : part],
  }));
};

const said = (event: Event, kind: 'message' | 'action' | 'notice', text: string) =>
  spoken({ ...event, kind }, kind === 'notice' ? 'NOTICE' : 'PRIVMSG', text);

/** The lines that show an event, live and in history alike. */
export const eventLines = (event: Event, caps: Capabilities, texts: Texts): readonly Line[] => {
  const { kind, text, quote, nick } = event;
  const source = prefixOf(nick);
  const target = targetOf(event);
  switch (kind) {
    case 'message':
    case 'action':
    case 'notice':
      return said(event, kind, text);
    case 'topic':
      return [{ tags: eventTags(event), source, command: 'TOPIC', params: [target, text] }];
    case 'edit':
      return said(event, 'message', texts.edited(text));
    case 'delete':
      return caps.has('draft/message-redaction')
        ? [
            {
              ...{ tags: eventTags(event), source, command: 'REDACT' },
              params: [target, msgid(event.room, event.ref ?? 0)],
            },
          ]
        : said(event, 'notice', texts.tookBack(ircNick(quote?.nick ?? nick)));
    case 'react':
    case 'unreact': {
      if (!caps.has('message-tags')) {
        const told = kind === 'react' ? texts.reacted : texts.unreacted;
        return said(event, 'action', told(text, ircNick(quote?.nick ?? nick)));
      }
      const tags = { ...eventTags(event), ...replyTags(event), [`+draft/${kind}`]: text };
      return [{ tags, source, command: 'TAGMSG', params: [target] }];
    }
  }
};

/** Whether an event is something said; other things are replayed only to those who ask for them. */
export const isSaid = ({ kind }: Event): boolean =>
  kind === 'message' || kind === 'action' || kind === 'notice' || kind === 'edit';
