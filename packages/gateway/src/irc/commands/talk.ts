import { isPairRoom, nickProblem } from '@partyline/protocol';
import type { Request, Said } from '../../request.ts';
import { readSlash } from '../../slash.ts';
import type { Client } from '../client.ts';
import { TARGETS } from '../isupport.ts';
import { isChannel, nickOf, placeOf } from '../names.ts';
import { noSuchTarget } from '../refusals.ts';
import {
  type Ask,
  asks,
  type Handler,
  lines,
  nothing,
  type Reply,
  type Tools,
  together,
} from '../reply.ts';
import { ctcpOf, withoutFormatting } from '../wire/formatting.ts';
import type { IrcMessage, Tags } from '../wire/message.ts';
import { isServices, services } from './services.ts';

/** The number, in the log that a target stands for, of what a message replies or reacts to. */
const refOf = (tags: Tags, target: string): { readonly ref?: number } => {
  const place = placeOf(tags.get('+reply') ?? tags.get('+draft/reply') ?? '');
  if (place === undefined) return {};
  const isThere = isChannel(target)
    ? place.room === target.slice(1).toLowerCase()
    : isPairRoom(place.room);
  return isThere ? { ref: place.seq } : {};
};

/** What is said, without what only IRC clients draw; undefined when it is for programs only. */
const sayable = (text: string, kind: Said): { text: string; kind: Said } | undefined => {
  const it = ctcpOf(text);
  if (it === undefined) return { text: withoutFormatting(text), kind };
  return it.name === 'ACTION' ? { text: withoutFormatting(it.text), kind: 'action' } : undefined;
};

const sayTo = (
  client: Client,
  target: string,
  { command, tags, params: [, text = ''] }: IrcMessage,
  { newId }: Tools,
): Reply => {
  const it = sayable(text, command === 'NOTICE' ? 'notice' : 'message');
  if (it === undefined) {
    // A program's answer is not to be answered.
    if (command === 'NOTICE') return nothing;
    return lines(client.notice(client.texts.noCtcp(ctcpOf(text)?.name ?? '')));
  }
  const about = { command, target };
  const ref = refOf(tags, target);
  if (isChannel(target)) {
    const room = target.slice(1);
    // As on every wire that people type on; clients send it when it is typed as `//dns`.
    const used = it.kind === 'message' ? readSlash(it.text) : undefined;
    if (used !== undefined) return asks({ request: { ...used, room }, about });
    return asks({ request: { type: 'say', room, ...it, ...ref, id: newId() }, about });
  }
  if (isServices(target)) return services(client, it.text);
  const nick = nickOf(target);
  if (nickProblem(nick) !== undefined) return lines(noSuchTarget(client, target));
  return asks({ request: { type: 'private', to: nick, ...it, ...ref, id: newId() }, about });
};

/** The targets of a message, each once; undefined when there are too many. */
const targetsOf = (list: string): readonly string[] | undefined => {
  const targets = [...new Set(list.split(','))].filter((it) => it !== '');
  return targets.length > TARGETS ? undefined : targets;
};

/** `PRIVMSG` and `NOTICE`. */
export const say: Handler = (client, message, tools) => {
  const { command, params } = message;
  const [list = '', text = ''] = params;
  if (list === '') return lines(client.numeric('ERR_NORECIPIENT', [], { command }));
  if (text === '') return lines(client.numeric('ERR_NOTEXTTOSEND'));
  const targets = targetsOf(list);
  if (targets === undefined) return lines(client.numeric('ERR_TOOMANYTARGETS', [list]));
  return together(targets.map((target) => sayTo(client, target, message, tools)));
};

/** What the tags of a message without a text ask for. */
const tagged = (tags: Tags, target: string, newId: () => string): Request | undefined => {
  const { ref } = refOf(tags, target);
  const reaction = tags.get('+draft/react') ?? tags.get('+draft/unreact');
  if (ref !== undefined && reaction !== undefined) {
    const remove = !tags.has('+draft/react');
    const room = isChannel(target)
      ? target.slice(1)
      : (placeOf(tags.get('+reply') ?? tags.get('+draft/reply') ?? '')?.room ?? '');
    return { type: 'react', room, ref, reaction, remove, id: newId() };
  }
  const typing = tags.get('+typing');
  if ((typing === 'active' || typing === 'done') && isChannel(target))
    return {
      ...{ type: 'typing', room: target.slice(1) },
      ...(typing === 'done' && { stopped: true }),
    };
  return undefined;
};

/** `TAGMSG`: reactions, and who types. What else tags may say is nobody's news here. */
export const tagmsg: Handler = (client, { command, tags, params: [list = ''] }, { newId }) => {
  if (list === '') return lines(client.numeric('ERR_NORECIPIENT', [], { command }));
  const targets = targetsOf(list);
  if (targets === undefined) return lines(client.numeric('ERR_TOOMANYTARGETS', [list]));
  const asked = targets.flatMap((target): Ask[] => {
    const request = tagged(tags, target, newId);
    return request === undefined ? [] : [{ request, about: { command, target } }];
  });
  return asks(...asked);
};

/** `REDACT` (draft/message-redaction). */
export const redact: Handler = (client, { command, params }, { newId }) => {
  const [target = '', id = ''] = params;
  if (target === '' || id === '') return lines(client.numeric('ERR_NEEDMOREPARAMS', [command]));
  const place = placeOf(id);
  const { texts } = client;
  if (place === undefined || refOf(new Map([['+reply', id]]), target).ref === undefined)
    return lines(client.fail(command, 'UNKNOWN_MSGID', [target, id], texts.redactUnknown));
  return asks({
    request: { type: 'delete', room: place.room, ref: place.seq, id: newId() },
    about: { command, target },
    refused: ({ problem }) => {
      if (problem.code === 'event-unknown')
        return lines(client.fail(command, 'UNKNOWN_MSGID', [target, id], texts.redactUnknown));
      if (problem.code === 'room-not-joined')
        return lines(client.fail(command, 'INVALID_TARGET', [target], texts.redactTarget));
      return lines(client.fail(command, 'REDACT_FORBIDDEN', [target, id], texts.redactForbidden));
    },
  });
};
