import {
  type Command,
  type CommandInfo,
  isProblem,
  type Locale,
  type Outcome,
  type Problem,
  problem,
  problemText,
  type WatchInfo,
} from '@partyline/protocol';
import { readTypes } from '../probe/record-type.ts';
import type { Subject } from '../probe/subject.ts';
import { fitting } from './report-text.ts';
import { texts } from './texts.ts';

const NAMED = 'NAME [TYPE] [in ROOM]';
const usages = { watch: NAMED, unwatch: NAMED, watches: '[in ROOM]' };
export type WatchCommand = keyof typeof usages;

export const isWatchCommand = (name: string): name is WatchCommand => Object.hasOwn(usages, name);

const abouts: Readonly<Record<Locale, Readonly<Record<WatchCommand, string>>>> = {
  en: {
    watch: 'have a room told when a name changes',
    unwatch: 'watch a name no longer',
    watches: 'list what is watched',
  },
  'zh-CN': {
    watch: '监视域名，有变化时通知房间',
    unwatch: '不再监视域名',
    watches: '列出监视的域名',
  },
};

/** As lists of slash commands tell them. */
export const watchRegistrations = (locale: Locale): readonly CommandInfo[] =>
  (Object.keys(usages) as WatchCommand[]).map((name) => ({
    ...{ name, usage: usages[name], about: abouts[locale][name] },
  }));

type Read = { readonly words: readonly string[]; readonly room: string };

/** The words of a use, and the room that it is about: that after `in`, else where it was used. */
const read = (args: string, here: string): Read => {
  const words = args.split(/\s+/).filter((it) => it !== '');
  const isElsewhere = words.length >= 2 && words.at(-2)?.toLowerCase() === 'in';
  return {
    words: isElsewhere ? words.slice(0, -2) : words,
    room: isElsewhere ? (words.at(-1) ?? here) : here,
  };
};

const usageOf = (name: WatchCommand): Problem =>
  problem('command-usage', { usage: `/${name} ${usages[name]}` });

type Options = {
  /** What a name is, or why it may not be asked for. */
  readonly readName: (text: string) => Subject | Problem;
  /** Has chat-core do it, for who used the command. */
  readonly publish: (command: Command) => Promise<Outcome>;
  readonly locale: Locale;
};

const listText = (room: string, watches: readonly WatchInfo[], locale: Locale): string => {
  const text = texts[locale];
  return fitting([
    text.watches(room, watches.length),
    ...watches.map(({ name, types, everyMs, by }) =>
      text.every([name, types].filter(Boolean).join(' '), everyMs / 1_000, by),
    ),
  ]);
};

/** Answers one use of `/watch`, `/unwatch` or `/watches`, with what is to be said. */
export const answerWatchCommand = async (
  name: WatchCommand,
  args: string,
  here: string,
  { readName, publish, locale }: Options,
): Promise<string> => {
  const { words, room } = read(args, here);
  const refused = (it: Problem): string => problemText(it, locale);

  if (name === 'watches') {
    if (words.length > 0) return refused(usageOf(name));
    const outcome = await publish({ type: 'watches', room });
    if (outcome.type === 'refused') return refused(outcome.problem);
    return outcome.type === 'watches' ? listText(outcome.room, outcome.watches, locale) : '';
  }
  const [asked, type, ...rest] = words;
  if (asked === undefined || rest.length > 0) return refused(usageOf(name));
  const subject = readName(asked);
  if (isProblem(subject)) return refused(subject);
  const wanted = readTypes(type);
  if (isProblem(wanted)) return refused(wanted);
  const what = subject.address ?? subject.name;
  const types = [...(wanted ?? [])].sort().join('+');
  const outcome = await publish({ type: name, room, name: what, types });
  if (outcome.type === 'refused') return refused(outcome.problem);
  const { watching, unwatched } = texts[locale];
  return (name === 'watch' ? watching : unwatched)([what, types].filter(Boolean).join(' '), room);
};
