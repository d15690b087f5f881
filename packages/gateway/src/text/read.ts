import { isProblem, type Problem, problem } from '@partyline/protocol';
import type { You } from '../dialect.ts';
import type { Request } from '../request.ts';
import { readSlash } from '../slash.ts';
import { commands, isCommand } from './commands.ts';
import { erase } from './erase.ts';
import type { Texts } from './texts.ts';

/** The commands that the first programs had. Anything not of exactly such a form is speech. */
const shortForms: readonly (readonly [RegExp, (...parts: string[]) => Request])[] = [
  [/^byebye$/, () => ({ type: 'quit' })],
  [/^l$/, () => ({ type: 'members' })],
  [/^b:(.*\S.*)$/s, (text = '') => ({ type: 'say', kind: 'message', text })],
  [/^c:([^:]+):(.*\S.*)$/s, (to = '', text = '') => ({ type: 'private', to: to.trim(), text })],
  [/^n:(.*\S.*)$/s, (nick = '') => ({ type: 'rename', nick: nick.trim() })],
];

const readShort = (line: string): Request | undefined => {
  for (const [form, request] of shortForms) {
    const match = form.exec(line);
    if (match !== null) return request(...match.slice(1));
  }
  return undefined;
};

const readCommand = (line: string, texts: Texts): Request | Problem => {
  const [, name = '', args = ''] = /^\/(\S*)\s*(.*)$/s.exec(line) ?? [];
  const command = name.toLowerCase();
  // Somebody else may have registered it.
  if (!isCommand(command)) return readSlash(line) ?? problem('command-unknown');
  const [usage] = texts.commands[command];
  return commands[command](args.trim()) ?? problem('command-usage', { usage });
};

/** What a line asks for. Before login it is a nickname, or one of the few things a stranger may ask. */
export const read = (
  frame: string,
  you: You | undefined,
  texts: Texts,
): Request | Problem | undefined => {
  const line = erase(frame);
  if (you === undefined) return readStranger(line.trim(), texts);
  if (line.trim() === '') return undefined;
  if (line.startsWith('/')) return readCommand(line, texts);
  return readShort(line) ?? { type: 'say', kind: 'message', text: line };
};

const readStranger = (line: string, texts: Texts): Request => {
  const asked = line.startsWith('/') ? readCommand(line, texts) : readShort(line);
  if (asked === undefined || isProblem(asked)) return { type: 'login', nick: line };
  if (asked.type === 'identify' && asked.password !== undefined)
    return { type: 'login', nick: asked.nick, password: asked.password };
  return /^(help|quit)$/.test(asked.type) ? asked : { type: 'login', nick: line };
};
