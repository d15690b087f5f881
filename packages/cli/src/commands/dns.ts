import {
  type ProbeAnswer,
  type ProbeDifference,
  type ProbeReport,
  problemText,
  readProblem,
  toLine,
} from '@partyline/protocol';
import { parseAddress } from '../address/address.ts';
import { discover } from '../discovery/discover.ts';
import { type Environment, write } from '../environment.ts';
import { exitCodes, Failure } from '../exit-code.ts';
import { messages } from '../text/messages.ts';
import { safeLine } from '../text/safe-text.ts';
import type { Call, Command } from './command.ts';
import { helpOption, jsonOption } from './options.ts';

const PROBE_PORT = 7030;
const DISCOVER_MS = 500;
/** Longer than dns-probe waits for its slowest answer. */
const ANSWER_MS = 15_000;

/** Where dns-probe is: as told, on the server's host, or found on this network. */
const findProbe = async (call: Call, { env, locale, stop }: Environment): Promise<string> => {
  const text = messages[locale];
  const told = call.text('probe') ?? env.PARTYLINE_PROBE;
  if (told !== undefined) {
    if (!/^https?:\/\//.test(told) || !URL.canParse(told))
      throw new Failure('usage', text.probeBad(told));
    return told;
  }
  const server = call.text('server') ?? env.PARTYLINE_SERVER;
  if (server !== undefined) {
    const address = parseAddress(server);
    if (address === undefined) throw new Failure('usage', text.addressBad(server));
    if (address.over === 'unix') throw new Failure('usage', text.noProbe(server));
    const host = address.host.includes(':') ? `[${address.host}]` : address.host;
    return `http://${host}:${PROBE_PORT}`;
  }
  for (const { endpoints, from } of await discover({
    waitMs: DISCOVER_MS,
    key: env.PARTYLINE_UDP_KEY,
    stop,
  })) {
    const found = endpoints.find((it) => it.startsWith('dns+http'));
    if (found === undefined) continue;
    const url = new URL(found.slice('dns+'.length));
    const [nearest = url.hostname] = from.filter((it) => !it.includes('%'));
    url.hostname = nearest.includes(':') ? `[${nearest}]` : nearest;
    return url.href;
  }
  throw new Failure('unreachable', text.nobodyFound);
};

const answerLine = (name: string, who: string, answer: ProbeAnswer): string => {
  const { result, ms } = answer;
  const records = answer.result === 'found' ? answer.records : [];
  const hidden = answer.result === 'found' ? answer.hidden : undefined;
  const told = [...records, ...(hidden === undefined ? [] : [`(+${hidden})`])];
  const fields = [name, who, result, told.join(' '), `${ms.toFixed(1)} ms`];
  return `${fields.map(safeLine).join('\t')}\n`;
};

const differenceLine = (name: string, it: ProbeDifference): string => {
  const what = it.between === 'servers' ? `${it.type} @` : 'system';
  return `${[name, what, 'differs', it.why ?? ''].map(safeLine).join('\t').trimEnd()}\n`;
};

const reportLines = ({ name, lookup, resolve, differences }: ProbeReport): string => {
  const bySystem = lookup === undefined ? [] : [answerLine(name, 'system', lookup)];
  const byServers = resolve.map((it) => answerLine(name, `${it.type} @${it.server}`, it));
  const verdicts = differences.map((it) => differenceLine(name, it));
  return [...bySystem, ...byServers, ...verdicts].join('');
};

export const dns: Command = {
  usage: 'dns NAME [TYPE] [@SERVER …]',
  purpose: {
    en: "compares what the server's system and DNS say of a name",
    'zh-CN': '比较服务器系统与 DNS 对域名的解析',
  },
  notes: {
    en: 'It ends with 1 when nothing was found.',
    'zh-CN': '没有找到任何记录时退出码为 1。',
  },
  options: {
    probe: {
      ...{ type: 'string', value: 'URL' },
      purpose: {
        en: "where dns-probe is (PARTYLINE_PROBE); else port 7030 of the server's host",
        'zh-CN': 'dns-probe 的地址（PARTYLINE_PROBE）；不给出则为服务器主机的 7030 端口',
      },
    },
    server: {
      ...{ type: 'string', short: 's', value: 'ADDRESS' },
      purpose: {
        en: 'where the server is (PARTYLINE_SERVER); else it is looked for on this network',
        'zh-CN': '服务器地址（PARTYLINE_SERVER）；不给出则在本网络中寻找',
      },
    },
    ...jsonOption,
    ...helpOption,
  },
  run: async (call, environment) => {
    const { locale, stdout, stop } = environment;
    const text = messages[locale];
    const [name, ...rest] = call.positionals;
    if (name === undefined) throw new Failure('usage', text.missing('NAME'));
    const servers = rest.filter((it) => it.startsWith('@')).map((it) => it.slice(1));
    const server = servers.length > 0 ? servers.join(',') : undefined;
    const [type, ...more] = rest.filter((it) => !it.startsWith('@'));
    const [extra] = more;
    if (extra !== undefined) throw new Failure('usage', text.tooMany(extra));
    const url = new URL('/probe', await findProbe(call, environment));
    for (const [key, value] of Object.entries({ name, type, server }))
      if (value !== undefined) url.searchParams.set(key, value);

    let status: number;
    let body: string;
    try {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)]);
      const response = await fetch(url, { signal });
      ({ status } = response);
      body = await response.text();
    } catch (error) {
      stop.throwIfAborted();
      const { cause, message } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new Failure('unreachable', text.probeFailed(url.host, why));
    }
    const problem = status === 200 ? undefined : readProblem(body);
    if (problem !== undefined) throw new Failure('refused', problemText(problem, locale));
    if (status !== 200) throw new Failure('unreachable', text.probeFailed(url.host, `${status}`));
    const report: ProbeReport = JSON.parse(body);
    await write(stdout, call.flag('json') ? toLine(report) : reportLines(report), stop);
    const answers = [...(report.lookup === undefined ? [] : [report.lookup]), ...report.resolve];
    return answers.some((it) => it.result === 'found') ? exitCodes.done : exitCodes.refused;
  },
};
