import {
  type BanInfo,
  type CommandInfo,
  EVERYWHERE,
  type Event,
  type Locale,
  type MemberInfo,
  type Problem,
  problem,
  problemText,
  type RoomState,
  reasonText,
  untilText,
} from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import { closeReasons } from '../close-reason.ts';
import type { You } from '../dialect.ts';
import { commandNames, isCommand } from './commands.ts';
import { eventLines, lineOf } from './render.ts';
import type { Texts } from './texts.ts';

/** The lines that show an answer; none for what a person sees anyway. */
export const answerLines = (
  answer: Answer,
  texts: Texts,
  locale: Locale,
  you?: You,
): readonly string[] => {
  switch (answer.type) {
    case 'greeting':
      return [texts.greeting(answer.online)];
    case 'opened':
      return answer.rooms.flatMap((room) => roomLines(room, texts));
    case 'refused':
      return [lineOf(problemText(asTyped(answer.problem), locale))];
    case 'published':
    case 'pong':
    case 'proven':
    case 'people':
    case 'latest':
    case 'ticket':
    case 'certificates':
    case 'setname':
    case 'marked':
    case 'markers':
    case 'aside':
      return [];
    case 'joined': {
      const { room, members } = answer.room;
      return [texts.joined(room, members), ...roomLines(answer.room, texts)];
    }
    case 'parted':
      return [texts.parted(answer.room)];
    case 'renamed':
      return [answer.elsewhere ? texts.identified(answer.nick) : texts.nickChanged];
    case 'away':
      return [texts.youAway];
    case 'back':
      return [texts.youBack];
    case 'absent': {
      const { nick, reason, text = '' } = answer;
      return [reason === 'offline' ? texts.offline(nick) : texts.away(nick, lineOf(text))];
    }
    case 'topic': {
      const lines = topicLines(answer, texts);
      return lines.length === 0 ? [texts.noTopic(answer.room)] : lines;
    }
    case 'members': {
      const { count, members } = answer;
      const more = count - members.length;
      const names = members.map((it) => memberLine(it, texts));
      return [texts.users, ...names, ...(more > 0 ? [texts.moreUsers(more)] : [])];
    }
    case 'rooms':
      return [
        texts.rooms,
        ...answer.rooms.map(({ room, members, topic, visibility }) => {
          const mark = visibility === undefined ? '' : `${texts.private} `;
          return lineOf(`#${room} (${members}) ${mark}${topic ?? ''}`).trimEnd();
        }),
      ];
    case 'history':
      return answer.events.length === 0
        ? [texts.noHistory]
        : answer.events.flatMap((event) => historyLines(event, texts, you));
    case 'search':
      return answer.events.length === 0
        ? [texts.notFound(lineOf(answer.text))]
        : answer.events.flatMap((event) => historyLines(event, texts, you));
    case 'configured':
      return texts.settings(answer.room, answer.settings);
    case 'invitation': {
      const { nick, room, remove } = answer;
      return [remove ? texts.uninvited(nick, room) : texts.invitation(nick, room)];
    }
    case 'invited':
      return [texts.invited(answer.by, answer.room)];
    case 'moderated':
      return [lineOf(texts.moderated(answer.deed))];
    case 'bans': {
      const { room, count, bans } = answer;
      const more = count - bans.length;
      return [
        count === 0 ? texts.noBans(placeName(room)) : texts.bans(placeName(room)),
        ...bans.map((it) => lineOf(banLine(it, texts))),
        ...(more > 0 ? [texts.moreUsers(more)] : []),
      ];
    }
    case 'registered':
      return [
        answer.changed === undefined
          ? texts.registered(answer.nick)
          : texts.passwordChanged(answer.nick, answer.changed),
      ];
    case 'identified':
      return [texts.identified(answer.nick)];
    case 'help': {
      const slashCommands = commandNames.map((name) => texts.commands[name]);
      const usages = [...texts.shortCommands, ...slashCommands, ...registered(answer.commands)];
      return [texts.help, ...usages.map((it) => `  ${it.filter((part) => part).join(' — ')}`)];
    }
    case 'commands':
      return registered(answer.commands).map((it) => it.filter((part) => part).join(' — '));
    case 'concerned':
      return [lineOf(texts.concerned(answer.room, answer.by, answer.what))];
    case 'removed':
      return [texts.removed(answer.room, lineOf(reasonOf(answer, locale)))];
    case 'gap':
      return [texts.gap(answer.room)];
    case 'closing': {
      const { reason, detail } = answer;
      // Who says goodbye needs no answer to it.
      if (reason === 'goodbye') return [];
      const why = closeReasons[reason][locale];
      return [detail === undefined ? why : texts.closing(why, lineOf(detail))];
    }
  }
};

/** Who is there, and behind it what is to be known of them. */
const memberLine = ({ nick, accountNick, role, away }: MemberInfo, texts: Texts): string => {
  const marks = [
    ...(role === undefined ? [] : [texts.roles[role]]),
    ...(accountNick === undefined ? [] : [texts.registeredMark]),
    ...(away === undefined ? [] : [texts.awayMark(lineOf(away))]),
  ];
  return marks.length === 0 ? nick : texts.marked(nick, marks);
};

/** Why somebody was put out of a room, in the reader's language. */
const reasonOf = (
  { reason, problem }: Extract<Answer, { type: 'removed' }>,
  locale: Locale,
): string => (problem === undefined ? reason : problemText(problem, locale));

/** A command that nobody registered is one that there isn't, to whoever typed it. */
const asTyped = (it: Problem): Problem =>
  it.code === 'command-unserved' && !isCommand(String(it.params?.name))
    ? problem('command-unknown')
    : it;

/** How commands that others registered are used; those that are known anyway are left out. */
const registered = (them: readonly CommandInfo[]): readonly (readonly string[])[] =>
  them
    .filter(({ name }) => !isCommand(name))
    .map(({ name, usage = '', about = '' }) => [
      lineOf(`/${name} ${usage}`).trimEnd(),
      lineOf(about),
    ]);

/** A room as it is spoken of, or the whole server. */
const placeName = (room: string): string => (room === EVERYWHERE ? EVERYWHERE : `#${room}`);

const banLine = ({ who, until, by, reason }: BanInfo, texts: Texts): string =>
  texts.ban(who, untilText(until ?? null), by, reasonText(reason));

const topicLines = (
  { room, topic = '' }: Pick<RoomState, 'room' | 'topic'>,
  texts: Texts,
): readonly string[] => (topic === '' ? [] : [texts.topic(room, lineOf(topic))]);

/** What there is to know of a room on coming in. */
const roomLines = (it: RoomState, texts: Texts): readonly string[] => [
  ...topicLines(it, texts),
  ...(it.slowMs === undefined ? [] : [texts.slow(it.room, it.slowMs)]),
];

/** `[2023-11-14 22:13Z] ` before each line: ISO 8601 to the minute, in UTC. */
const historyLines = (event: Event, texts: Texts, you: You | undefined): readonly string[] => {
  const time = new Date(event.at).toISOString().slice(0, 16).replace('T', ' ');
  const isOwn = you !== undefined && (event.person === you.person || event.session === you.session);
  return eventLines(event, texts, isOwn).map((line) => `[${time}Z] ${line}`);
};
