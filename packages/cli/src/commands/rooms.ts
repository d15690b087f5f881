import type { RoomsFrame } from '@partyline/client';
import { isPairRoom, toLine } from '@partyline/protocol';
import { write } from '../environment.ts';
import { exitCodes } from '../exit-code.ts';
import { safeLine } from '../text/safe-text.ts';
import { comeIn } from './come-in.ts';
import type { Command } from './command.ts';
import { helpOption, jsonOption, timeoutOption, visitOptions } from './options.ts';

export const rooms: Command = {
  usage: 'rooms',
  purpose: {
    en: 'lists the rooms, how many are in each, and its topic',
    'zh-CN': '列出房间、人数和话题',
  },
  options: { ...visitOptions, ...timeoutOption, ...jsonOption, ...helpOption },
  run: async (call, environment) => {
    using visit = await comeIn(call, environment);
    const answer = await visit.ask(
      { type: 'rooms' },
      (frame): frame is RoomsFrame => frame.type === 'rooms',
    );
    const lines = answer.rooms
      .filter(({ room }) => !isPairRoom(room))
      .map((it) =>
        call.flag('json')
          ? toLine(it)
          : `${[`#${it.room}`, String(it.members), it.topic ?? ''].map(safeLine).join('\t').trimEnd()}\n`,
      );
    await write(environment.stdout, lines.join(''), environment.stop);
    return exitCodes.done;
  },
};
