import type { Locale } from '@partyline/protocol';
import type { Command, Options, Told } from '../commands/command.ts';

type Texts = {
  readonly usage: string;
  readonly commands: string;
  readonly options: string;
  readonly exit: string;
  readonly more: string;
};

const texts: { readonly [L in Locale]: Texts } = {
  en: {
    usage: 'Usage:',
    commands: 'Commands for scripts:',
    options: 'Options:',
    exit: 'It ends with:',
    more: '“partyline COMMAND --help” tells more of each.',
  },
  'zh-CN': {
    usage: '用法：',
    commands: '供脚本使用的命令：',
    options: '选项：',
    exit: '退出码：',
    more: '“partyline 命令 --help”显示各命令的说明。',
  },
};

const exits: readonly (readonly [code: string, why: Told])[] = [
  ['0', { en: 'done; all that was sent is stored', 'zh-CN': '完成，发送的内容均已保存' }],
  ['1', { en: 'the server refused something', 'zh-CN': '服务器拒绝' }],
  ['2', { en: 'called wrongly', 'zh-CN': '用法错误' }],
  ['3', { en: 'no server found or reached', 'zh-CN': '找不到或无法连接服务器' }],
  ['4', { en: 'the connection broke for good', 'zh-CN': '连接中断且未能恢复' }],
  ['130', { en: 'Ctrl-C', 'zh-CN': 'Ctrl-C' }],
  ['143', { en: 'SIGTERM, SIGHUP', 'zh-CN': 'SIGTERM、SIGHUP' }],
];

const optionName = (name: string, { short, value }: Options[string]): string =>
  `${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` ${value}`}`;

/** Rows of two columns, the second of which begins below itself. */
export const table = (rows: readonly (readonly [string, string])[]): string => {
  const widest = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(widest)}  ${right}`).join('\n');
};

export const optionTable = (options: Options, locale: Locale): string =>
  table(
    Object.entries(options).map(
      ([name, it]) => [optionName(name, it), it.purpose[locale]] as const,
    ),
  );

const exitTable = (locale: Locale): string =>
  table(exits.map(([code, why]) => [code, why[locale]] as const));

/** How one command is used. */
export const commandHelp = (command: Command, locale: Locale): string => {
  const text = texts[locale];
  const notes = command.notes === undefined ? [] : [command.notes[locale]];
  return [
    `${text.usage} partyline ${command.usage}\n  ${command.purpose[locale]}`,
    `${text.options}\n${optionTable(command.options, locale)}`,
    ...notes,
    `${text.exit}\n${exitTable(locale)}`,
    '',
  ].join('\n\n');
};

/** What there is. */
export const generalHelp = (
  chat: Command,
  commands: Readonly<Record<string, Command>>,
  locale: Locale,
): string => {
  const text = texts[locale];
  const rows = Object.values(commands).map((it) => [it.usage, it.purpose[locale]] as const);
  return [
    `${text.usage} partyline ${chat.usage}\n  ${chat.purpose[locale]}`,
    `${text.commands}\n${table(rows)}`,
    `${text.options}\n${optionTable(chat.options, locale)}`,
    ...(chat.notes === undefined ? [] : [chat.notes[locale]]),
    `${text.exit}\n${exitTable(locale)}`,
    text.more,
    '',
  ].join('\n\n');
};
