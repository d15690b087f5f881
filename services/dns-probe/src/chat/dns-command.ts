import {
  type CommandInfo,
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
import type { Said } from './said.ts';

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

/** Answers one use of the command. */
export const answerDns = async (
  { args, session, operator }: StreamLineOf<'invocation'>,
  { probe, locale }: { readonly probe: GuardedProbe; readonly locale: Locale },
): Promise<Said> => {
  const question = readArguments(args);
  const result =
    question === undefined
      ? problem('command-usage', { usage: USAGE })
      : await probe({ ...question, ...(operator && { anyServer: true }) }, session);
  if (isProblem(result)) return { text: problemText(result, locale) };
  const card = reportCard(result);
  return { text: reportText(result, locale), ...(card !== undefined && { card }) };
};
