import type { ListFrame } from '@partyline/client';
import { LOBBY, toLine } from '@partyline/protocol';
import { write } from '../environment.ts';
import { exitCodes } from '../exit-code.ts';
import { messages } from '../text/messages.ts';
import { safeLine } from '../text/safe-text.ts';
import { comeIn } from './come-in.ts';
import type { Command } from './command.ts';
import { helpOption, jsonOption, timeoutOption, visitOptions } from './options.ts';
import { enter, readRoom } from './room-argument.ts';

export const who: Command = {
  usage: 'who [ROOM]',
  purpose: { en: 'lists who is in a room', 'zh-CN': '列出房间中的人' },
  notes: {
    en: 'Without ROOM, the lobby. Whoever asks is left out.',
    'zh-CN': '没有 ROOM 时为大厅。不含查询者自己。',
  },
  options: { ...visitOptions, ...timeoutOption, ...jsonOption, ...helpOption },
  run: async (call, environment) => {
    const { locale, stdout, stderr, stop } = environment;
    const room = readRoom(call.positionals[0] ?? LOBBY, environment);
    using visit = await comeIn(call, environment);
    await enter(visit, room);
    const { users, count, members } = await visit.ask(
      { type: 'list', room },
      (frame): frame is ListFrame => frame.type === 'list' && frame.room === room,
    );
    const people = members.filter(({ nickname }) => nickname !== visit.nick);
    const lines = people.map((it) => {
      if (call.flag('json')) return toLine(it);
      const more = [it.role, it.away].filter((one) => one !== undefined);
      return `${[it.nickname, ...more].map(safeLine).join('\t')}\n`;
    });
    await write(stdout, lines.join(''), stop);
    if (count > users.length)
      stderr.write(`partyline: ${messages[locale].more(count - users.length)}\n`);
    return exitCodes.done;
  },
};
