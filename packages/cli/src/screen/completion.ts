import { type Conversation, completedNick, suggestionsFor } from '@partyline/client';
import { ownCommands } from './written.ts';

/** Texts that may take the place of what stands before the cursor, in turn. */
export const completionsFor = (
  before: string,
  open: Conversation | undefined,
  rooms: readonly string[],
): readonly string[] => {
  const own = /^\/[a-z]*$/i.test(before)
    ? Object.keys(ownCommands)
        .filter((name) => `/${name}`.startsWith(before.toLowerCase()))
        .map((name) => `/${name} `)
    : [];
  const nicks = open?.kind === 'private' ? [open.name] : (open?.members ?? []);
  const { from, all } = suggestionsFor(before, nicks);
  const suggested = all.map(({ insert }) => before.slice(0, from) + insert);
  if (own.length + suggested.length > 0) return [...suggested, ...own].sort();
  const [, command, begun] = /^(\/(?:join|part)\s+)#?(\S*)$/i.exec(before) ?? [];
  if (command !== undefined && begun !== undefined)
    return rooms.filter((it) => it.startsWith(begun.toLowerCase())).map((it) => `${command}${it}`);
  const named = completedNick(before, nicks) ?? completedArgument(before, nicks);
  return named === undefined ? [] : [before.slice(0, named.from) + named.insert];
};

/** In a command a nick is completed too, without the colon that addresses somebody. */
const completedArgument = (
  before: string,
  nicks: readonly string[],
): { readonly from: number; readonly insert: string } | undefined => {
  const [, command, word] = /^(\/\S+\s+(?:.*\s)?)(\S+)$/s.exec(before) ?? [];
  if (command === undefined || word === undefined) return undefined;
  const found = completedNick(`a ${word}`, nicks);
  return found === undefined ? undefined : { from: command.length, insert: found.insert };
};
