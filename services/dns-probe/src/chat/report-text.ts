import type {
  Locale,
  ProbeAnswer,
  ProbeDifference,
  ProbeFailure,
  ProbeReport,
  ServerAnswer,
  ServersWhy,
  SystemAnswer,
  SystemWhy,
} from '@partyline/protocol';

type Texts = {
  readonly system: string;
  readonly same: string;
  readonly differ: (why?: string) => string;
  readonly serversDiffer: (type: string, why?: string) => string;
  readonly first: (family: string) => string;
  readonly ttl: (seconds: number) => string;
  readonly more: (count: number) => string;
  readonly hidden: (count: number) => string;
  readonly failures: Readonly<Record<ProbeFailure, string>>;
  readonly whys: Readonly<Record<SystemWhy | ServersWhy, string>>;
};

const texts: Readonly<Record<Locale, Texts>> = {
  en: {
    system: 'system',
    same: 'The system and DNS agree.',
    differ: (why) => `The system and DNS differ${why === undefined ? '' : `: ${why}`}.`,
    serversDiffer: (type, why) =>
      `The servers differ over ${type}${why === undefined ? '' : `: ${why}`}.`,
    first: (family) => `${family} first`,
    ttl: (seconds) => `for ${seconds} s`,
    more: (count) => `and ${count} more`,
    hidden: (count) => `${count} private`,
    failures: {
      nxdomain: 'no such name (NXDOMAIN)',
      'no-data': 'no such record',
      servfail: 'the server failed (SERVFAIL)',
      refused: 'the server refused (REFUSED)',
      timeout: 'no answer in time',
      unreachable: 'the server could not be reached',
      'alias-loop': 'the name is an alias of itself',
      'not-found': 'not found',
      temporary: 'could not be found out at the moment',
      busy: 'too many lookups at the moment',
      failed: 'failed',
    },
    whys: {
      'hosts-file': 'the hosts file has the name',
      'search-domain': 'the system tried its search domains',
      localhost: 'localhost is resolved without DNS',
      mdns: '.local is resolved by multicast DNS',
      'one-family': 'the system leaves out addresses of a family that it cannot reach',
      'split-horizon': 'split horizon, one answer is of a private network',
      'rotation-or-cache': 'addresses in turn, or an old answer in a cache',
      'dns-failing': 'DNS could not be asked',
      'system-failing': "the system's resolver could not find out",
      'server-failing': 'not all of them could say',
      'zone-lag': 'their copies of the zone are of different age',
      'stale-cache': 'an old answer in a cache',
    },
  },
  'zh-CN': {
    system: '系统',
    same: '系统与 DNS 的结果一致。',
    differ: (why) => `系统与 DNS 的结果不同${why === undefined ? '' : `：${why}`}。`,
    serversDiffer: (type, why) =>
      `各服务器的 ${type} 结果不同${why === undefined ? '' : `：${why}`}。`,
    first: (family) => `${family} 优先`,
    ttl: (seconds) => `有效 ${seconds} 秒`,
    more: (count) => `另有 ${count} 条`,
    hidden: (count) => `${count} 个内网地址`,
    failures: {
      nxdomain: '域名不存在（NXDOMAIN）',
      'no-data': '没有该类型的记录',
      servfail: '服务器出错（SERVFAIL）',
      refused: '服务器拒绝（REFUSED）',
      timeout: '超时',
      unreachable: '无法连接服务器',
      'alias-loop': '别名指向自身',
      'not-found': '未找到',
      temporary: '暂时无法查询',
      busy: '查询过多，请稍后再试',
      failed: '查询失败',
    },
    whys: {
      'hosts-file': 'hosts 文件中有该域名',
      'search-domain': '系统使用了搜索域',
      localhost: 'localhost 不经 DNS 解析',
      mdns: '.local 由组播 DNS 解析',
      'one-family': '系统略去了无法访问的一类地址',
      'split-horizon': '内外网解析不同，其中一个是内网地址',
      'rotation-or-cache': '地址轮换，或缓存已过期',
      'dns-failing': '无法查询 DNS',
      'system-failing': '系统解析器暂时无法查询',
      'server-failing': '部分服务器无法回答',
      'zone-lag': '各服务器的区域数据新旧不同',
      'stale-cache': '缓存中有旧结果',
    },
  },
};

/** Records told one by one; a room is no place for a hundred. */
const RECORDS = 8;
/** Characters told of one record; a TXT record may have 65,000. */
const RECORD_CHARACTERS = 300;

const short = (record: string): string =>
  record.length > RECORD_CHARACTERS ? `${record.slice(0, RECORD_CHARACTERS)}…` : record;

const outcomeText = (answer: ProbeAnswer, text: Texts): string => {
  if (answer.result !== 'found') return text.failures[answer.result];
  const { records, hidden = 0 } = answer;
  const parts = records.slice(0, RECORDS).map(short);
  if (records.length > RECORDS) parts.push(text.more(records.length - RECORDS));
  if (hidden > 0) parts.push(text.hidden(hidden));
  return parts.join(', ');
};

const msText = (ms: number): string => `${ms.toFixed(1)} ms`;

const systemText = (answer: SystemAnswer, text: Texts): string => {
  const notes = [msText(answer.ms), answer.first && text.first(answer.first)];
  return `${outcomeText(answer, text)} (${notes.filter(Boolean).join(', ')})`;
};

const serverText = (answer: ServerAnswer, text: Texts): string => {
  const path = [...(answer.aliases ?? []), outcomeText(answer, text)].join(' → ');
  const notes = [msText(answer.ms), answer.ttl !== undefined && text.ttl(answer.ttl)];
  return `${path} (${notes.filter(Boolean).join(', ')})`;
};

const differenceText = (it: ProbeDifference, text: Texts): string => {
  const why = it.why && text.whys[it.why];
  return it.between === 'servers' ? text.serversDiffer(it.type, why) : text.differ(why);
};

/** A report as a room is told it, a line an answer. */
export const reportText = (report: ProbeReport, locale: Locale): string => {
  const text = texts[locale];
  const { lookup, resolve, differences, address } = report;
  const name = address ?? report.name;
  const isOneServer = new Set(resolve.map((it) => it.server)).size <= 1;
  const answers = resolve.map((it) => {
    const who = isOneServer ? it.type : `${it.type} @${it.server}`;
    return `${name} ${who}: ${serverText(it, text)}`;
  });
  const bySystem = lookup && `${name} ${text.system}: ${systemText(lookup, text)}`;
  const verdicts = differences.map((it) => differenceText(it, text));
  if (lookup !== undefined && verdicts.length === 0) verdicts.push(text.same);
  return [...(bySystem === undefined ? [] : [bySystem]), ...answers, ...verdicts].join('\n');
};
