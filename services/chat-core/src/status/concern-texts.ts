import type { Locale } from '@partyline/protocol';

/** What is said of each concern: what it is, and what to do. */
export type ConcernText = {
  readonly noGateway: string;
  diskLow(freeMib: number): string;
  commitSlow(core: string, ms: number): string;
  streamBehind(core: string, mib: number): string;
  loopLate(process: string, ms: number): string;
  instanceAway(instance: string): string;
  deliverySlow(instance: string, ms: number): string;
  searchBehind(events: number): string;
  webhookFailing(count: number): string;
  webhookGivenUp(count: number): string;
  versionsDiffer(versions: readonly string[]): string;
};

const whole = (it: number): string => `${Math.round(it)}`;

export const concernTexts: { readonly [L in Locale]: ConcernText } = {
  en: {
    noGateway: 'No gateway is connected: nobody can take part. Start one, or look at its log.',
    diskLow: (mib) =>
      `${whole(mib)} MiB are free where everything is kept. When none is, nothing can be said any more: make room, or have rooms keep less.`,
    commitSlow: (core, ms) =>
      `One commit in a hundred of ${core} takes ${whole(ms)} ms or longer. Look at its disk, or at its way to Postgres.`,
    streamBehind: (core, mib) =>
      `${whole(mib)} MiB wait at ${core} for services to take them. The service, or the network to it, is too slow.`,
    loopLate: (process, ms) =>
      `${process} was ${whole(ms)} ms late. It has too little CPU: give it more, or start another beside it.`,
    instanceAway: (instance) =>
      `${instance} has lost its stream. It has until its lease ends to come back; then its sessions are over.`,
    deliverySlow: (instance, ms) =>
      `At ${instance} one message in a hundred takes ${whole(ms)} ms or longer to those who read it.`,
    searchBehind: (events) =>
      `The search index has ${events} events to take in; until then they are not found.`,
    webhookFailing: (count) =>
      `${count} outgoing webhooks are not reached, and tried again. GET /v1/webhooks/out says why.`,
    webhookGivenUp: (count) =>
      `${count} outgoing webhooks were given up. Once they work again, enable them.`,
    versionsDiffer: (versions) =>
      `Processes of several versions run: ${versions.join(', ')}. Finish the update.`,
  },
  'zh-CN': {
    noGateway: '没有已连接的网关，任何人都无法参与。请启动网关，或查看其日志。',
    diskLow: (mib) =>
      `数据所在磁盘仅剩 ${whole(mib)} MiB。空间用尽后将无法发言：请清理空间，或让房间少保留一些消息。`,
    commitSlow: (core, ms) =>
      `${core} 每百次提交中有一次需要 ${whole(ms)} 毫秒以上。请检查磁盘或到 Postgres 的网络。`,
    streamBehind: (core, mib) =>
      `${core} 有 ${whole(mib)} MiB 数据等待各服务接收，服务或网络过慢。`,
    loopLate: (process, ms) =>
      `${process} 延迟了 ${whole(ms)} 毫秒，CPU 不足：请分配更多资源，或再启动一个实例。`,
    instanceAway: (instance) =>
      `${instance} 的数据流已中断。若在租约到期前未恢复，其会话将全部结束。`,
    deliverySlow: (instance, ms) =>
      `在 ${instance}，每百条消息中有一条需要 ${whole(ms)} 毫秒以上才能送达。`,
    searchBehind: (events) => `搜索索引还有 ${events} 条消息待处理，处理完之前搜索不到。`,
    webhookFailing: (count) =>
      `有 ${count} 个传出 webhook 无法到达，正在重试。原因见 GET /v1/webhooks/out。`,
    webhookGivenUp: (count) => `有 ${count} 个传出 webhook 已停用。恢复正常后请重新启用。`,
    versionsDiffer: (versions) => `有多个版本的进程在运行：${versions.join('、')}。请完成升级。`,
  },
};
