import { homedir } from 'node:os';
import { type Memory, sameNick } from '@partyline/client';
import type { Environment } from '../environment.ts';
import { type Claim, claim } from '../memory/claim.ts';
import { stateFolder } from '../memory/state-folder.ts';
import { messages } from '../text/messages.ts';
import { readNick, readNicks } from './come-in.ts';
import type { Call } from './command.ts';

/** Who comes, and what an earlier client of theirs left, if somebody is there to go on with it. */
export const recollect = (
  server: string,
  call: Call,
  environment: Environment,
): Claim & { readonly memory: Memory | undefined } => {
  const { env, locale, stdin, stderr } = environment;
  const nicks = readNicks(call, environment);
  const nothing = { nicks, kept: undefined, memory: undefined };
  if (stdin.isTTY !== true || call.flag('fresh')) return nothing;
  const folder = stateFolder(env, homedir());
  try {
    const claimed = claim(folder, server, nicks);
    const memory = claimed.kept?.memory;
    const asked = readNick(call, environment);
    if (memory === undefined || asked === undefined || sameNick(asked, memory.held.nick))
      return { ...claimed, memory };
    // Somebody else is to come now, into the same rooms.
    const held = { ...memory.held, nick: asked, ticket: undefined };
    return { ...claimed, memory: { ...memory, held } };
  } catch (error) {
    stderr.write(`partyline: ${messages[locale].notKept(folder, (error as Error).message)}\n`);
    return nothing;
  }
};
