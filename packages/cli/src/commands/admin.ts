import { ask } from '../admin/ask.ts';
import { carryOut } from '../admin/carry-out.ts';
import { choose } from '../admin/choose.ts';
import { type Operation, operationsOf } from '../admin/document.ts';
import { fieldOptions, givenFields } from '../admin/fields.ts';
import { operationHelp, operationList } from '../admin/help.ts';
import { type Place, placeOf } from '../admin/place.ts';
import { adminTexts } from '../admin/texts.ts';
import { readValues } from '../admin/values.ts';
import { type Environment, write } from '../environment.ts';
import { type ExitCode, exitCodes, Failure } from '../exit-code.ts';
import { commandHelp } from '../text/help.ts';
import type { Command, Options } from './command.ts';
import { helpOption, jsonOption } from './options.ts';
import { callOf, readCall } from './read-call.ts';

/** What every operation takes beside its own fields. */
const options: Options = {
  url: {
    type: 'string',
    value: 'URL',
    purpose: {
      en: 'where the admin API is (PARTYLINE_ADMIN_URL; http://localhost:7300)',
      'zh-CN': '管理接口的地址（PARTYLINE_ADMIN_URL；默认 http://localhost:7300）',
    },
  },
  'token-file': {
    type: 'string',
    value: 'FILE',
    purpose: {
      en: 'its token (PARTYLINE_ADMIN_TOKEN, PARTYLINE_ADMIN_TOKEN_FILE; data/secrets/admin-token)',
      'zh-CN':
        '令牌文件（PARTYLINE_ADMIN_TOKEN、PARTYLINE_ADMIN_TOKEN_FILE；默认 data/secrets/admin-token）',
    },
  },
  all: {
    type: 'boolean',
    purpose: { en: 'of a list, all pages', 'zh-CN': '列出所有页' },
  },
  output: {
    type: 'string',
    value: 'FILE',
    purpose: { en: 'where a download is kept', 'zh-CN': '下载内容保存到的文件' },
  },
  input: {
    type: 'string',
    value: 'FILE',
    purpose: { en: 'what is uploaded; else stdin', 'zh-CN': '要上传的文件，默认为标准输入' },
  },
  yes: {
    type: 'boolean',
    short: 'y',
    purpose: { en: 'delete without asking', 'zh-CN': '删除前不询问' },
  },
  ...jsonOption,
  ...helpOption,
};

const operationsAt = async (
  place: Place,
  environment: Environment,
): Promise<readonly Operation[]> => {
  const response = await ask(place, { method: 'GET', path: '/openapi.json' }, environment);
  return operationsOf(await response.json());
};

/** What there is in all; where nobody answers, how to ask. */
const generalHelp = async (
  args: readonly string[],
  environment: Environment,
): Promise<ExitCode> => {
  const { locale, stdout, stop } = environment;
  const texts = adminTexts[locale];
  let can: string;
  try {
    const place = await placeOf(callOf(args, options), environment);
    can = operationList(await operationsAt(place, environment), options, locale);
  } catch (error) {
    if (!(error instanceof Failure) || stop.aborted) throw error;
    can = `${texts.unseen}\n  ${error.message}\n`;
  }
  await write(stdout, `${commandHelp(admin, locale)}\n${can}`, stop);
  return exitCodes.done;
};

const runAdmin = async (args: readonly string[], environment: Environment): Promise<ExitCode> => {
  const { locale, stdout, stop } = environment;
  const texts = adminTexts[locale];
  const loose = callOf(args, options);
  const words = loose.positionals;
  if (words.length === 0) return generalHelp(args, environment);

  const place = await placeOf(loose, environment);
  const operations = await operationsAt(place, environment);
  const choice = choose(operations, words);
  if (choice.type === 'none')
    throw new Failure('usage', texts.unknown(words.slice(0, 2).join(' ')));
  if (choice.type === 'several') {
    await write(stdout, operationList(choice.operations, options, locale), stop);
    // Of a deed that several have, nothing was done.
    return choice.by === 'resource' || loose.flag('help') ? exitCodes.done : exitCodes.usage;
  }
  const { operation } = choice;
  if (loose.flag('help')) {
    await write(stdout, operationHelp(operation, options, locale), stop);
    return exitCodes.done;
  }
  const given = givenFields(operation, options);
  const call = readCall(args, { ...options, ...fieldOptions(given) });
  const positionals = call.positionals.slice(choice.words);
  const values = readValues(given, call.values, positionals, texts, Date.now());
  return carryOut(operation, values, { place, call, environment });
};

export const admin: Command = {
  usage: 'admin [RESOURCE DEED …]',
  purpose: {
    en: "does what a server's admin API can: moderates, lists, sets, backs up",
    'zh-CN': '使用服务器的管理接口：管理、查看、设置、备份',
  },
  notes: {
    en: 'What there is is told by the server: “partyline admin --help”, “partyline admin rooms”,\n“partyline admin rooms ban --help”. Lists are tables on a terminal, and have tabs in a pipe.',
    'zh-CN':
      '可执行的操作由服务器告知：“partyline admin --help”、“partyline admin rooms”、\n“partyline admin rooms ban --help”。列表在终端显示为表格，在管道中以制表符分隔。',
  },
  options,
  runArguments: runAdmin,
};
