import type { CommandInfo, Envelope, Locale, Outcome, StreamLineOf } from '@partyline/protocol';
import type { PrivateAddresses } from '../probe/address.ts';
import type { GuardedProbe } from '../probe/guard.ts';
import { readGuarded } from '../probe/subject.ts';
import { answerDns, registration } from './dns-command.ts';
import type { Said } from './said.ts';
import { answerWatchCommand, isWatchCommand, watchRegistrations } from './watch-commands.ts';

/** All slash commands that are answered here, as lists tell them. */
export const registrations = (locale: Locale): CommandInfo[] => [
  registration(locale),
  ...watchRegistrations(locale),
];

/** Answers any of them. */
export const createAnswer =
  (options: {
    readonly probe: GuardedProbe;
    readonly privateAddresses: PrivateAddresses;
    readonly publish: (envelope: Envelope) => Promise<Outcome>;
    readonly locale: Locale;
  }) =>
  async (invocation: StreamLineOf<'invocation'>): Promise<Said> => {
    const { id, name, args, room, session } = invocation;
    if (!isWatchCommand(name)) return answerDns(invocation, options);
    const text = await answerWatchCommand(name, args, room, {
      readName: (asked) => readGuarded(asked, options.privateAddresses),
      publish: (command) => options.publish({ id, session, command }),
      locale: options.locale,
    });
    return { text };
  };
