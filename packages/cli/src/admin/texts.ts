import type { Locale } from '@partyline/protocol';

/** What `partyline admin` says by itself. */
export type AdminTexts = {
  readonly usage: string;
  readonly options: string;
  readonly can: string;
  readonly arguments: string;
  needs(scope: string): string;
  readonly more: string;
  readonly unseen: string;
  missing(what: string): string;
  tooMany(what: string): string;
  valueBad(option: string, given: string, expected: string): string;
  readonly aNumber: string;
  readonly aDuration: string;
  readonly aTime: string;
  unknown(words: string): string;
  urlBad(given: string): string;
  readonly noToken: string;
  fileUnreadable(path: string, why: string): string;
  openToken(host: string): string;
  away(where: string, why: string): string;
  readonly unsure: string;
  notAdmin(where: string, status: number): string;
  readonly watchOver: string;
  nextPage(option: string): string;
  confirm(what: string): string;
  readonly notConfirmed: string;
  readonly toTerminal: string;
  readonly input: string;
  saved(file: string, bytes: number): string;
  readonly done: string;
};

export const adminTexts: { readonly [L in Locale]: AdminTexts } = {
  en: {
    usage: 'Usage:',
    options: 'Options:',
    can: 'What the server can do:',
    arguments: 'Arguments:',
    needs: (scope) => `The token has to allow: ${scope}`,
    more: '“partyline admin COMMAND --help” tells more of each.',
    unseen: 'What the server can do is told by the server itself, which could not be asked:',
    missing: (what) => `${what} is missing.`,
    tooMany: (what) => `“${what}” is one too many.`,
    valueBad: (option, given, expected) => `${option} must be ${expected}, not “${given}”.`,
    aNumber: 'a whole number',
    aDuration: 'how long, such as 90s, 30m, 2h, 7d, or milliseconds',
    aTime: 'a time such as 2026-01-31T09:00',
    unknown: (words) =>
      `The server has no “${words}”. “partyline admin --help” lists what there is.`,
    urlBad: (given) => `“${given}” is no address of an admin API. It is http://HOST:7300.`,
    noToken:
      'The token of the admin API is missing. Set PARTYLINE_ADMIN_TOKEN, or give its file by --token-file; beside a server it is in data/secrets/admin-token.',
    fileUnreadable: (path, why) => `${path} can't be read: ${why}`,
    openToken: (host) => `The token goes to ${host} unencrypted; https:// would hide it.`,
    away: (where, why) => `${where} did not answer: ${why}`,
    unsure:
      'the connection broke, and nobody can tell whether it was done. Look before you repeat it.',
    notAdmin: (where, status) =>
      `What answers at ${where} is no admin API (HTTP status ${status}).`,
    watchOver: 'The server ended what was watched.',
    nextPage: (option) => `There is more: --all, or ${option}.`,
    confirm: (what) => `${what}? [y/N] `,
    notConfirmed: 'Nothing was done.',
    toTerminal: 'That is no text for a terminal. Give a file for it: --output FILE',
    input: 'What is to be sent is missing: --input FILE, or on stdin.',
    saved: (file, bytes) => `${file}: ${bytes} bytes`,
    done: 'done',
  },
  'zh-CN': {
    usage: '用法：',
    options: '选项：',
    can: '服务器可执行：',
    arguments: '参数：',
    needs: (scope) => `令牌需要的权限：${scope}`,
    more: '“partyline admin 命令 --help”显示各命令的说明。',
    unseen: '可执行的操作由服务器告知，但无法查询服务器：',
    missing: (what) => `缺少 ${what}。`,
    tooMany: (what) => `多余的参数“${what}”。`,
    valueBad: (option, given, expected) => `${option} 必须是${expected}，而不是“${given}”。`,
    aNumber: '整数',
    aDuration: '时长，如 90s、30m、2h、7d，或毫秒数',
    aTime: '时间，如 2026-01-31T09:00',
    unknown: (words) => `服务器没有“${words}”。“partyline admin --help”列出所有操作。`,
    urlBad: (given) => `“${given}”不是管理接口的地址，应为 http://主机:7300。`,
    noToken:
      '缺少管理接口的令牌。请设置 PARTYLINE_ADMIN_TOKEN，或用 --token-file 给出文件；在服务器旁，它在 data/secrets/admin-token 中。',
    fileUnreadable: (path, why) => `无法读取 ${path}：${why}`,
    openToken: (host) => `令牌将以明文发往 ${host}；https:// 可加密。`,
    away: (where, why) => `${where} 没有应答：${why}`,
    unsure: '连接中断，无法确定是否已执行。重试前请先查看。',
    notAdmin: (where, status) => `${where} 的应答者不是管理接口（HTTP 状态 ${status}）。`,
    watchOver: '服务器结束了监视。',
    nextPage: (option) => `还有更多：--all，或 ${option}。`,
    confirm: (what) => `${what}？[y/N] `,
    notConfirmed: '未执行任何操作。',
    toTerminal: '内容不是文本，请给出文件：--output 文件',
    input: '缺少要发送的内容：--input 文件，或从标准输入给出。',
    saved: (file, bytes) => `${file}：${bytes} 字节`,
    done: '完成',
  },
};
