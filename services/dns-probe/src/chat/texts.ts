import type { Locale, ProbeFailure, ServersWhy, SystemWhy } from '@partyline/protocol';
import { probeTexts } from '@partyline/protocol/probe-texts';

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
    ...probeTexts.en,
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
    ...probeTexts['zh-CN'],
  },
};
