import type { Locale } from '@partyline/protocol';
import type { Answer, Failure } from '../probe/answer.ts';
import type { Why } from '../probe/compare.ts';
import type { Report } from '../probe/probe.ts';

type Texts = {
  readonly system: string;
  readonly same: string;
  readonly differ: (why?: string) => string;
  readonly more: (count: number) => string;
  readonly hidden: (count: number) => string;
  readonly failures: Readonly<Record<Failure, string>>;
  readonly whys: Readonly<Record<Why, string>>;
};

const texts: Readonly<Record<Locale, Texts>> = {
  en: {
    system: 'system',
    same: 'The system and DNS agree.',
    differ: (why) => `The system and DNS differ${why === undefined ? '' : `: ${why}`}.`,
    more: (count) => `and ${count} more`,
    hidden: (count) => `${count} private`,
    failures: {
      nxdomain: 'no such name (NXDOMAIN)',
      'no-data': 'no such record',
      servfail: 'the server failed (SERVFAIL)',
      refused: 'the server refused (REFUSED)',
      timeout: 'no answer in time',
      unreachable: 'no server reached',
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
      'split-horizon': 'split horizon, one answer is of a private network',
      'rotation-or-cache': 'addresses in turn, or an old answer in a cache',
      'dns-failing': 'DNS could not be asked',
      'system-failing': "the system's resolver could not find out",
    },
  },
  'zh-CN': {
    system: '系统',
    same: '系统与 DNS 的结果一致。',
    differ: (why) => `系统与 DNS 的结果不同${why === undefined ? '' : `：${why}`}。`,
    more: (count) => `另有 ${count} 条`,
    hidden: (count) => `${count} 个内网地址`,
    failures: {
      nxdomain: '域名不存在（NXDOMAIN）',
      'no-data': '没有该类型的记录',
      servfail: '服务器出错（SERVFAIL）',
      refused: '服务器拒绝（REFUSED）',
      timeout: '超时',
      unreachable: '无法连接服务器',
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
      'split-horizon': '内外网解析不同，其中一个是内网地址',
      'rotation-or-cache': '地址轮换，或缓存已过期',
      'dns-failing': '无法查询 DNS',
      'system-failing': '系统解析器暂时无法查询',
    },
  },
};

/** Records told one by one; a room is no place for a hundred. */
const RECORDS = 8;
/** Characters told of one record; a TXT record may have 65,000. */
const RECORD_CHARACTERS = 300;

const short = (record: string): string =>
  record.length > RECORD_CHARACTERS ? `${record.slice(0, RECORD_CHARACTERS)}…` : record;

const answerText = (answer: Answer, text: Texts): string => {
  const ms = `${answer.ms.toFixed(1)} ms`;
  if (answer.result !== 'found') return `${text.failures[answer.result]} (${ms})`;
  const { records, hidden = 0 } = answer;
  const parts = records.slice(0, RECORDS).map(short);
  if (records.length > RECORDS) parts.push(text.more(records.length - RECORDS));
  if (hidden > 0) parts.push(text.hidden(hidden));
  return `${parts.join(', ')} (${ms})`;
};

/** A report as a room is told it, a line an answer. */
export const reportText = (report: Report, locale: Locale): string => {
  const text = texts[locale];
  const answers = report.resolve.map((it) => `${report.name} ${it.type}: ${answerText(it, text)}`);
  if (report.lookup === undefined) return answers.join('\n');
  const why = report.differs ? report.why : undefined;
  const verdict = report.differs ? text.differ(why && text.whys[why]) : text.same;
  const bySystem = `${report.name} ${text.system}: ${answerText(report.lookup, text)}`;
  return [bySystem, ...answers, verdict].join('\n');
};
