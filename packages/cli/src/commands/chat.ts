import { ReadStream, WriteStream } from 'node:tty';
import { addressText, isOpenToReaders } from '../address/address.ts';
import type { Environment } from '../environment.ts';
import { Failure } from '../exit-code.ts';
import { runFullScreen } from '../screen/full-screen.ts';
import { runPlain } from '../screen/plain.ts';
import { themeFor, themeNames } from '../screen/theme.ts';
import { messages } from '../text/messages.ts';
import { dialAddress } from '../wire/dial.ts';
import { findServer, readPassword, readTrust } from './come-in.ts';
import type { Command } from './command.ts';
import { helpOption, visitOptions } from './options.ts';
import { recollect } from './recollect.ts';

/** The terminal, if one can be taken over whole. */
const terminalOf = ({
  stdin,
  stdout,
  env,
}: Environment): { readonly stdin: ReadStream; readonly stdout: WriteStream } | undefined => {
  const isWhole = stdin instanceof ReadStream && stdout instanceof WriteStream;
  return isWhole && env.TERM !== 'dumb' ? { stdin, stdout } : undefined;
};

/** What is meant when no other command is named. */
export const chat: Command = {
  usage: '[ADDRESS]',
  purpose: {
    en: 'chats: full-screen in a terminal, line by line elsewhere',
    'zh-CN': '聊天：在终端中全屏显示，其他情况逐行读写',
  },
  options: {
    theme: {
      ...{ type: 'string', value: 'NAME' },
      purpose: {
        en: `${themeNames.join(', ')} (PARTYLINE_THEME); NO_COLOR is plain`,
        'zh-CN': `${themeNames.join('、')}（PARTYLINE_THEME）；NO_COLOR 为 plain`,
      },
    },
    plain: {
      type: 'boolean',
      purpose: {
        en: 'line by line in a terminal too, as with TERM=dumb',
        'zh-CN': '在终端中也逐行读写，与 TERM=dumb 相同',
      },
    },
    fresh: {
      type: 'boolean',
      purpose: {
        en: 'goes on with nothing, and keeps nothing for the next time',
        'zh-CN': '不延续上次会话，也不为下次保留',
      },
    },
    ...visitOptions,
    ...helpOption,
  },
  run: async (call, environment) => {
    const { env, locale, stop, stderr } = environment;
    const text = messages[locale];
    const [given, extra] = call.positionals;
    if (extra !== undefined) throw new Failure('usage', text.tooMany(extra));
    const themeGiven = call.text('theme');
    const theme = themeNames.find((it) => it === themeGiven) ?? themeFor(env);
    if (themeGiven !== undefined && theme !== themeGiven)
      throw new Failure('usage', text.themeBad(themeGiven, themeNames.join(', ')));
    const trust = await readTrust(call, environment);
    const password = await readPassword(call, environment);
    const address = await findServer(given ?? call.text('server'), trust, environment);
    const where = addressText(address);
    if (password !== undefined && isOpenToReaders(address))
      stderr.write(`partyline: ${text.openPassword(where)}\n`);
    const dial = dialAddress(address, trust, (why) => text.unreachable(where, why));
    const { nicks, kept, memory } = recollect(where, call, environment);
    using _ = kept;
    const as = { nicks, password, kept, memory };
    const terminal = call.flag('plain') ? undefined : terminalOf(environment);
    return await (terminal === undefined
      ? runPlain({ dial, as, environment })
      : runFullScreen({ dial, where, as, theme, locale, stop, ...terminal }));
  },
};
