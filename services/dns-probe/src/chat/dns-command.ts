import {
  type CommandInfo,
  type Envelope,
  isProblem,
  type Locale,
  problem,
  problemText,
  type StreamLineOf,
} from '@partyline/protocol';
import type { GuardedProbe } from '../probe/guard.ts';
import type { Question } from '../probe/probe.ts';
import { reportCard } from './report-card.ts';
import { reportText } from './report-text.ts';

/** The slash command, and the nick under which it is answered. */
export const COMMAND = 'dns';
const ARGUMENTS = 'NAME [TYPE] [@SERVER]';
const USAGE = `/${COMMAND} ${ARGUMENTS}`;

/** As lists of slash commands tell it. */
export const registration = (locale: Locale): CommandInfo => ({
  ...{ name: COMMAND, usage: ARGUMENTS },
  about: locale === 'en' ? 'look a name up' : '查询域名',
});

/** `NAME [TYPE] [@SERVER …]`; undefined when it is anything else. */
export const readArguments = (args: string): Question | undefined => {
  const words = args.trim().split(/\s+/);
  const servers = words.filter((word) => word.startsWith('@')).map((word) => word.slice(1));
  const [name, type, ...rest] = words.filter((word) => !word.startsWith('@'));
  if (!name || rest.length > 0) return undefined;
  return {
    name,
    ...(type !== undefined && { type }),
    ...(servers.length > 0 && { servers }),
  };
};

/** Answers one use of the command, in the room it was used in. */
export const answerCommand = async (
  invocation: StreamLineOf<'invocation'>,
  { probe, instance, locale }: { probe: GuardedProbe; instance: string; locale: Locale },
): Promise<Envelope> => {
  const question = readArguments(invocation.args);
  const result =
    question === undefined
      ? problem('command-usage', { usage: USAGE })
      : await probe(question, invocation.session);
  const text = isProblem(result) ? problemText(result, locale) : reportText(result, locale);
  const card = isProblem(result) ? undefined : reportCard(result);
  return {
    // The invocation's own id: told twice, it is answered once.
    id: invocation.id,
    session: instance,
    command: {
      type: 'announce',
      room: invocation.room,
      text,
      nick: COMMAND,
      ...(card && { card }),
    },
    ...(invocation.trace !== undefined && { trace: invocation.trace }),
  };
};
