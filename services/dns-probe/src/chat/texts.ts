import type { Locale, ProbeFailure, ServersWhy, SystemWhy } from '@partyline/protocol';

/** What people are told, in one language. */
export type Texts = {
  readonly system: string;
  readonly same: string;
  readonly differ: (why?: string) => string;
  readonly serversDiffer: (type: string, why?: string) => string;
  readonly first: (family: string) => string;
  readonly ttl: (seconds: number) => string;
  readonly more: (count: number) => string;
  readonly hidden: (count: number) => string;
  /** As many as before, but others. */
  readonly others: string;
  readonly nothing: string;
  readonly changed: (name: string, how?: string) => string;
  readonly watching: (name: string, room: string) => string;
  readonly unwatched: (name: string, room: string) => string;
  readonly watches: (room: string, count: number) => string;
  readonly every: (name: string, seconds: number, by: string) => string;
  readonly failures: Readonly<Record<ProbeFailure, string>>;
  readonly whys: Readonly<Record<SystemWhy | ServersWhy, string>>;
};

export const texts: Readonly<Record<Locale, Texts>> = {
  en: {
    system: 'system',
    same: 'The system and DNS agree.',
    differ: (why) => `The system and DNS differ${why === undefined ? '' : `: ${why}`}.`,
    serversDiffer: (type, why) =>
      `The servers differ over ${type}${why === undefined ? '' : `: ${why}`}.`,
    first: (family) => `${family} first`,
    ttl: (seconds) => `for ${seconds} s`,
    more: (count) => `and ${count} more`,
    hidden: (count) => `${count} private ${count === 1 ? 'address' : 'addresses'}`,
    others: 'as many others',
    nothing: 'nothing',
    changed: (name, how) => `${name} has changed${how === undefined ? '.' : `: ${how}`}`,
    watching: (name, room) => `${name} is watched: ${room} is told when it changes.`,
    unwatched: (name, room) => `${name} is no longer watched for ${room}.`,
    watches: (room, count) =>
      count === 0 ? `Nothing is watched for ${room}.` : `Watched for ${room}:`,
    every: (name, seconds, by) => `${name}, every ${seconds} s, by ${by}`,
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
    others: '数量相同，但已更换',
    nothing: '无',
    changed: (name, how) => `${name} 的解析结果已变化${how === undefined ? '。' : `：${how}`}`,
    watching: (name, room) => `已开始监视 ${name}，有变化时会通知房间 ${room}。`,
    unwatched: (name, room) => `房间 ${room} 已不再监视 ${name}。`,
    watches: (room, count) =>
      count === 0 ? `房间 ${room} 没有监视任何域名。` : `房间 ${room} 监视：`,
    every: (name, seconds, by) => `${name}，每 ${seconds} 秒，由 ${by} 设置`,
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
