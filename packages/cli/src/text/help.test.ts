import { locales } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { exitCodes } from '../exit-code.ts';
import { commandHelp } from './help.ts';

test.each(locales)('help in %s names every option and every exit code', (locale) => {
  for (const command of Object.values(commands)) {
    const help = commandHelp(command, locale);
    for (const option of Object.keys(command.options)) expect(help).toContain(`--${option}`);
    for (const code of Object.values(exitCodes))
      expect(help).toMatch(new RegExp(`^  ${code} `, 'm'));
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  }
});
