import { nickProblem, placeWith, roomName } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { askMarker, markFailed, markLine } from '../marker-lines.ts';
import { channelOf, isChannel, nickOf } from '../names.ts';
import { asks, expect, type Handler, lines, type Reply } from '../reply.ts';
import { timeOf } from '../wire/time.ts';
import { askPeople } from './people.ts';

const setMarker = (client: Client, target: string, room: string, at: number): Reply =>
  asks({
    request: { type: 'mark', room, at },
    about: { command: 'MARKREAD', target },
    told: (answer) => lines(markLine(target, expect(answer, 'marked'))),
    refused: ({ problem }) =>
      problem.code === 'account-needed'
        ? lines(client.fail('MARKREAD', 'ACCOUNT_REQUIRED', [target], client.texts.markAccount))
        : markFailed(client, target),
  });

const ofChannel = (client: Client, target: string, at: number | undefined): Reply => {
  const room = roomName(target);
  if (typeof room !== 'string' || !client.rooms.has(room)) return markFailed(client, target);
  const channel = channelOf(room);
  return at === undefined
    ? asks(askMarker(client, room, channel))
    : setMarker(client, channel, room, at);
};

const ofPerson = (client: Client, target: string, at: number | undefined): Reply => {
  const nick = nickOf(target);
  if (nickProblem(nick) !== undefined) return markFailed(client, target);
  if (at !== undefined) return setMarker(client, target, placeWith(nick), at);
  return asks({
    ...askPeople('MARKREAD', [target], () => []),
    told: (answer) => {
      const [person] = expect(answer, 'people')?.people ?? [];
      return person?.pair === undefined
        ? markFailed(client, target)
        : asks(askMarker(client, person.pair, target));
    },
  });
};

/** `MARKREAD TARGET [timestamp=TIME]` (draft/read-marker): how far the person has read, in all its clients. */
export const markread: Handler = (client, { command, params: [target = '', asked = ''] }) => {
  const { texts } = client;
  if (target === '') return lines(client.fail(command, 'NEED_MORE_PARAMS', [], texts.markTarget));
  const at = asked.startsWith('timestamp=') ? timeOf(asked.slice('timestamp='.length)) : undefined;
  if (asked !== '' && at === undefined)
    return lines(
      client.fail(command, 'INVALID_PARAMS', [asked.split(' ')[0] || '*'], texts.markTime),
    );
  return isChannel(target) ? ofChannel(client, target, at) : ofPerson(client, target, at);
};
