import type { ProbeFailure, ServersWhy, SystemWhy } from './probe.ts';
import type { Locale } from './problem.ts';

/** What came of a question about a name, and why answers differ, in words. */
export const probeTexts: Readonly<
  Record<
    Locale,
    {
      readonly failures: Readonly<Record<ProbeFailure, string>>;
      readonly whys: Readonly<Record<SystemWhy | ServersWhy, string>>;
    }
  >
> = {
  en: {
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
