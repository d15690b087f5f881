import type { Locale } from '@partyline/protocol';
import type { Unreachable } from '../wire/stream.ts';

type Of<Code extends Unreachable['code']> = Extract<Unreachable, { code: Code }>;

/** What the commands say by themselves, to people, on stderr. */
export type Messages = {
  addressBad(given: string): string;
  pinBad(given: string): string;
  fileUnreadable(option: string, path: string, why: string): string;
  numberBad(option: string, given: string, least: number, most: number): string;
  sinceBad(given: string): string;
  seeHelp(command: string): string;
  tooMany(given: string): string;
  missing(what: string): string;
  unreachable(where: string, why: Unreachable): string;
  nobodyFound: string;
  severalFound(list: readonly string[]): string;
  noneOffered(name: string): string;
  broken: string;
  back: string;
  lost(seconds: number): string;
  notSent(line: number, why: string): string;
  readonly unsure: string;
  more(people: number): string;
  openPassword(where: string): string;
  gap(room: string): string;
  feedUnheard(why: string): string;
  noProbe(where: string): string;
  probeBad(given: string): string;
  probeFailed(where: string, why: string): string;
  themeBad(given: string, names: string): string;
  notKept(folder: string, why: string): string;
};

const untrusted = ({ why }: Of<'untrusted'>, names: Readonly<Record<string, string>>): string =>
  names[why] ?? why;

export const messages: { readonly [L in Locale]: Messages } = {
  en: {
    addressBad: (given) =>
      `“${given}” is no address. Addresses are json+tcp://HOST:7002, json+tls://HOST:7702, json+unix:///PATH, ws://HOST:7010, wss://HOST, HOST or HOST:PORT.`,
    pinBad: (given) => `“${given}” is no SHA-256 fingerprint: 64 hexadecimal digits.`,
    fileUnreadable: (option, path, why) => `${option}: ${path} can't be read: ${why}`,
    numberBad: (option, given, least, most) =>
      `${option} must be a number from ${least} to ${most}, not “${given}”.`,
    sinceBad: (given) =>
      `--since must be a time such as 2026-01-31, 2026-01-31T09:00 or 09:00, or how long ago, such as 90s, 30m, 2h or 7d; not “${given}”.`,
    seeHelp: (command) => `“${command} --help” tells more.`,
    tooMany: (given) => `“${given}” is one too many.`,
    missing: (what) => `${what} is missing.`,
    unreachable: (where, why) => {
      switch (why.code) {
        case 'refused':
          return `Nobody answers at ${where}.`;
        case 'no-host':
          return `There is no host by the name of ${where}.`;
        case 'no-socket':
          return `There is no socket at ${where}.`;
        case 'not-allowed':
          return `You may not connect to ${where}.`;
        case 'no-way':
          return `${where} can't be reached from here.`;
        case 'not-tls':
          return `What answers at ${where} doesn't speak TLS.`;
        case 'pin-differs':
          return `${where} shows another certificate than the one that was pinned. Its fingerprint is ${why.fingerprint}. Either the server has a new certificate, or somebody is in between.`;
        case 'untrusted': {
          const names = {
            DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
            SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here',
            UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here',
            UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
            CERT_HAS_EXPIRED: 'it has expired',
            ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
          };
          return `The certificate of ${where} can't be trusted: ${untrusted(why, names)}. If the server's owner tells you that this is its fingerprint, add: --pin ${why.fingerprint}`;
        }
        case 'other':
          return `${where} can't be connected to: ${why.detail}`;
      }
    },
    nobodyFound:
      'No server was found on this network. Give its address: --server json+tcp://HOST:7002, or set PARTYLINE_SERVER.',
    severalFound: (list) =>
      `There are several servers here. Choose one by --server ADDRESS:\n${list.map((it) => `  ${it}`).join('\n')}`,
    noneOffered: (name) => `${name} offers no address that this client can connect to.`,
    broken: 'The connection broke; trying again.',
    back: 'Connected again; nothing was lost.',
    lost: (seconds) => `The connection broke, and was not back after ${seconds} s.`,
    notSent: (line, why) => `Line ${line} was not taken: ${why}`,
    unsure: 'the connection broke, and nobody can tell whether it arrived.',
    more: (people) => `and ${people} more`,
    openPassword: (where) =>
      `The password goes to ${where} unencrypted; json+tls:// would hide it.`,
    gap: (room) => `Some messages of ${room} are not available any more.`,
    feedUnheard: (why) => `What is sent to this network can't be heard: ${why}`,
    noProbe: (where) =>
      `The DNS service of ${where} isn't known. Give its address: --probe http://HOST:7030, or set PARTYLINE_PROBE.`,
    probeBad: (given) => `“${given}” is no address of dns-probe. It is http://HOST:7030.`,
    probeFailed: (where, why) => `${where} did not answer: ${why}`,
    themeBad: (given, names) => `There is no theme “${given}”. There are: ${names}.`,
    notKept: (folder, why) =>
      `Nothing can be kept in ${folder} for the next time, as with --fresh: ${why}`,
  },
  'zh-CN': {
    addressBad: (given) =>
      `“${given}”不是有效地址。地址形如 json+tcp://主机:7002、json+tls://主机:7702、json+unix:///路径、ws://主机:7010、wss://主机、主机 或 主机:端口。`,
    pinBad: (given) => `“${given}”不是 SHA-256 指纹（64 位十六进制数字）。`,
    fileUnreadable: (option, path, why) => `${option}：无法读取 ${path}：${why}`,
    numberBad: (option, given, least, most) =>
      `${option} 必须是 ${least} 到 ${most} 之间的数字，而不是“${given}”。`,
    sinceBad: (given) =>
      `--since 必须是时间（如 2026-01-31、2026-01-31T09:00、09:00）或多久以前（如 90s、30m、2h、7d），而不是“${given}”。`,
    seeHelp: (command) => `详见“${command} --help”。`,
    tooMany: (given) => `多余的参数“${given}”。`,
    missing: (what) => `缺少 ${what}。`,
    unreachable: (where, why) => {
      switch (why.code) {
        case 'refused':
          return `${where} 无人应答。`;
        case 'no-host':
          return `找不到主机 ${where}。`;
        case 'no-socket':
          return `${where} 没有套接字。`;
        case 'not-allowed':
          return `没有权限连接 ${where}。`;
        case 'no-way':
          return `无法到达 ${where}。`;
        case 'not-tls':
          return `${where} 使用的不是 TLS。`;
        case 'pin-differs':
          return `${where} 的证书与指定的指纹不符，其指纹为 ${why.fingerprint}。可能是服务器换了证书，也可能有人在中间冒充。`;
        case 'untrusted': {
          const names = {
            DEPTH_ZERO_SELF_SIGNED_CERT: '证书为自签名',
            SELF_SIGNED_CERT_IN_CHAIN: '颁发机构未知',
            UNABLE_TO_VERIFY_LEAF_SIGNATURE: '颁发机构未知',
            UNABLE_TO_GET_ISSUER_CERT_LOCALLY: '颁发机构未知',
            CERT_HAS_EXPIRED: '证书已过期',
            ERR_TLS_CERT_ALTNAME_INVALID: '证书属于其他名称',
          };
          return `无法信任 ${where} 的证书：${untrusted(why, names)}。如果服务器管理者确认指纹无误，请加上：--pin ${why.fingerprint}`;
        }
        case 'other':
          return `无法连接 ${where}：${why.detail}`;
      }
    },
    nobodyFound:
      '在本网络中没有找到服务器。请给出地址：--server json+tcp://主机:7002，或设置 PARTYLINE_SERVER。',
    severalFound: (list) =>
      `找到多个服务器，请用 --server 地址 选择一个：\n${list.map((it) => `  ${it}`).join('\n')}`,
    noneOffered: (name) => `${name} 没有提供本客户端可用的地址。`,
    broken: '连接中断，正在重试。',
    back: '已重新连接，没有丢失消息。',
    lost: (seconds) => `连接中断，${seconds} 秒后仍未恢复。`,
    notSent: (line, why) => `第 ${line} 行未被接受：${why}`,
    unsure: '连接中断，无法确定是否已送达。',
    more: (people) => `另有 ${people} 人`,
    openPassword: (where) => `密码将以明文发往 ${where}；json+tls:// 可加密。`,
    gap: (room) => `${room} 的部分消息已无法获取。`,
    feedUnheard: (why) => `无法接收本网络的多播：${why}`,
    noProbe: (where) =>
      `不知道 ${where} 的 DNS 服务在哪里。请给出地址：--probe http://主机:7030，或设置 PARTYLINE_PROBE。`,
    probeBad: (given) => `“${given}”不是 dns-probe 的地址，应为 http://主机:7030。`,
    probeFailed: (where, why) => `${where} 没有应答：${why}`,
    themeBad: (given, names) => `没有主题“${given}”。可用主题：${names}。`,
    notKept: (folder, why) => `无法在 ${folder} 中为下次保留状态，与 --fresh 相同：${why}`,
  },
};
