import type { ServedCommand } from '../line/wire.ts';
import { nickKey } from '../talk/conversation.ts';
import { completions, isOwnCommand } from './slash.ts';

/** What can take the place of what is being written. */
export type Suggestion = {
  readonly insert: string;
  readonly label: string;
  /** What it is, as the key of a text. */
  readonly purpose?: ReturnType<typeof completions>[number]['purpose'];
  /** The same in words that whoever serves the command chose. */
  readonly about?: string;
};

export type Suggestions = {
  /** From where on the text is replaced. */
  readonly from: number;
  readonly all: readonly Suggestion[];
};

const MOST = 8;
const none: Suggestions = { from: 0, all: [] };

/** Nicks that begin with some letters. */
const beginning = (nicks: readonly string[], letters: string): readonly string[] =>
  nicks.filter((nick) => nickKey(nick).startsWith(nickKey(letters))).slice(0, MOST);

const nothingServed: readonly ServedCommand[] = [];

const usageOf = ({ name, usage = '' }: ServedCommand): string => `/${name} ${usage}`.trim();

/** What somebody serves beside what every client knows, if it begins with what is being written. */
const servedCompletions = (
  written: string,
  served: readonly ServedCommand[],
): readonly Suggestion[] => {
  const [, begun] = /^\/([a-z0-9_-]*)$/i.exec(written) ?? [];
  if (begun === undefined) return [];
  return served
    .filter(({ name }) => name.startsWith(begun.toLowerCase()) && !isOwnCommand(name))
    .map((it) => ({
      ...{ label: usageOf(it), insert: `/${it.name} ` },
      ...(it.about !== undefined && { about: it.about }),
    }));
};

/** What to suggest for a text that is being written, before the caret: a command, or whom `@` means. */
export const suggestionsFor = (
  written: string,
  nicks: readonly string[],
  served: readonly ServedCommand[] = nothingServed,
): Suggestions => {
  const own = completions(written).map(({ usage, purpose }) => ({
    ...{ label: usage, purpose },
    insert: `${usage.split(' ')[0]} `,
  }));
  const commands = [...own, ...servedCompletions(written, served)];
  if (commands.length > 0) return { from: 0, all: commands };
  const [, before = '', letters] = /^(.*(?:^|[\s(]))@(\S{0,32})$/su.exec(written) ?? [];
  if (letters === undefined) return none;
  return {
    from: before.length,
    all: beginning(nicks, letters).map((nick) => ({ label: nick, insert: `@${nick} ` })),
  };
};

/** The nick that Tab makes of the word before the caret, if it begins one. */
export const completedNick = (
  written: string,
  nicks: readonly string[],
): { readonly from: number; readonly insert: string } | undefined => {
  const [, before = '', letters] = /^(.*?)(\S{1,32})$/su.exec(written) ?? [];
  if (letters === undefined || written.startsWith('/')) return undefined;
  const [nick] = beginning(nicks, letters);
  if (nick === undefined) return undefined;
  return { from: before.length, insert: before === '' ? `${nick}: ` : `${nick} ` };
};
