import { LAN_PORT } from '@partyline/lan';
import { toLine } from '@partyline/protocol';
import { discover as ask, type DiscoverOptions } from '../discovery/discover.ts';
import { write } from '../environment.ts';
import { exitCodes, Failure } from '../exit-code.ts';
import { messages } from '../text/messages.ts';
import { safeLine } from '../text/safe-text.ts';
import type { Command } from './command.ts';
import { helpOption, jsonOption } from './options.ts';
import { readNumber } from './read-call.ts';

const WAIT_MS = 1_000;
const MOST_WAIT_MS = 60_000;
const HIGHEST_PORT = 65_535;

export const discover: Command = {
  usage: 'discover [HOST]',
  purpose: {
    en: 'finds servers on this network, or asks HOST where everything is',
    'zh-CN': '在本网络中寻找服务器，或询问 HOST 各服务的地址',
  },
  options: {
    wait: {
      ...{ type: 'string', value: 'MS' },
      purpose: {
        en: 'how long answers are waited for (1000)',
        'zh-CN': '等待应答的毫秒数（1000）',
      },
    },
    port: {
      ...{ type: 'string', value: 'PORT' },
      purpose: { en: 'the UDP port that is asked (7020)', 'zh-CN': '询问的 UDP 端口（7020）' },
    },
    ...jsonOption,
    ...helpOption,
  },
  run: async (call, environment) => {
    const { env, locale, stdout, stop } = environment;
    const text = messages[locale];
    const number = (option: string, least: number, most: number, otherwise: number): number =>
      readNumber(call.text(option), { least, most, otherwise }, (given) =>
        text.numberBad(`--${option}`, given, least, most),
      );
    const [host] = call.positionals;
    const options: DiscoverOptions = {
      host,
      key: env.PARTYLINE_UDP_KEY,
      port: number('port', 1, HIGHEST_PORT, LAN_PORT),
      waitMs: number('wait', 1, MOST_WAIT_MS, WAIT_MS),
      stop,
    };
    const found = await ask(options).catch((error: NodeJS.ErrnoException) => {
      if (error.syscall !== 'getaddrinfo') throw error;
      throw new Failure('unreachable', text.unreachable(host ?? '', { code: 'no-host' }));
    });
    if (found.length === 0) throw new Failure('unreachable', text.nobodyFound);
    const lines = found.map((it) => {
      if (call.flag('json')) return toLine(it);
      const head = `${it.name} ${it.version} (${it.from.join(' ')})`;
      return `${[head, ...it.endpoints.map((endpoint) => `  ${endpoint}`)].map(safeLine).join('\n')}\n`;
    });
    await write(stdout, lines.join(''), stop);
    return exitCodes.done;
  },
};
