import { EVERYWHERE, problem, problemText, reasonText, untilText } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import { closeReasons } from '../close-reason.ts';
import type { Client } from './client.ts';
import { renamed } from './commands/registration.ts';
import { markedLine } from './marker-lines.ts';
import { personalLine } from './mode-lines.ts';
import { channelOf, ircNick, prefixOf } from './names.ts';
import { refusalLine } from './refusals.ts';
import type { Line } from './wire/line.ts';

/** What a client is told that it didn't ask for. */
export const unasked = (client: Client, answer: Answer): readonly Line[] => {
  switch (answer.type) {
    case 'greeting':
      client.online = answer.online;
      return [];
    case 'renamed':
      return renamed(client, answer.nick).lines ?? [];
    case 'removed': {
      const { room, problem, by } = answer;
      const reason = problem === undefined ? answer.reason : problemText(problem, client.locale);
      client.rooms.delete(room);
      const why = reason === '' ? [] : [reason];
      const source = by === undefined ? {} : { source: prefixOf(by) };
      return [{ ...source, command: 'KICK', params: [channelOf(room), client.nick, ...why] }];
    }
    case 'concerned': {
      const { room, by, nick, what } = answer;
      if (room === EVERYWHERE) return [client.notice(client.texts.concerned(by))];
      const told = personalLine(room, by, nick, what);
      if (what.deed !== 'mute') return [told];
      const it = problem('muted', {
        ...{ room: channelOf(room), until: untilText(what.until ?? null) },
        reason: reasonText(what.reason),
      });
      return [told, client.notice(problemText(it, client.locale))];
    }
    case 'marked':
      return client.has('draft/read-marker') ? [markedLine(answer)] : [];
    case 'invited':
      return [
        {
          ...{ source: prefixOf(answer.by), command: 'INVITE' },
          params: [client.nick, channelOf(answer.room)],
        },
      ];
    case 'absent': {
      const nick = ircNick(answer.nick);
      return answer.reason === 'offline'
        ? [client.notice(client.texts.offline(nick))]
        : [client.numericSaying('RPL_AWAY', [nick], answer.text || client.texts.away)];
    }
    case 'gap': {
      const text = client.texts.gap(channelOf(answer.room));
      return client.rooms.has(answer.room)
        ? [{ command: 'NOTICE', params: [channelOf(answer.room), text] }]
        : [client.notice(text)];
    }
    case 'refused':
      return [refusalLine(client, answer.problem)];
    case 'closing': {
      const why = closeReasons[answer.reason][client.locale];
      const reason = answer.detail === undefined ? why : `${why} ${answer.detail}`;
      return [
        { source: '', command: 'ERROR', params: [client.texts.closing(client.nick, reason)] },
      ];
    }
    default:
      return [];
  }
};
