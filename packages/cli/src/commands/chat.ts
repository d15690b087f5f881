import { Failure } from '../exit-code.ts';
import { messages } from '../text/messages.ts';
import type { Command } from './command.ts';
import { helpOption } from './options.ts';

/** What is meant when no command is named. */
export const chat: Command = {
  usage: 'COMMAND',
  purpose: { en: 'talks from scripts', 'zh-CN': '供脚本使用' },
  options: { ...helpOption },
  run: async ({ positionals: [name] }, { locale }) => {
    const text = messages[locale];
    throw new Failure(
      'usage',
      name === undefined ? text.missing('COMMAND') : text.commandUnknown(name),
    );
  },
};
