import type { Locale, Vitals } from '@partyline/protocol';
import { type ConcernText, concernTexts } from './concern-texts.ts';
import type { Concern, Status } from './shape.ts';

const MIB = 1_048_576;

/** From where on something is worth a look. */
const bounds = {
  disk: { warning: 10 * 1_024 * MIB, critical: 1_024 * MIB },
  commitP99Ms: 250,
  deliveryP99Ms: 1_000,
  loopLagMs: 500,
  /** Whoever starts is late. */
  startingMs: 30_000,
  streamBytes: 2 * MIB,
  searchWaiting: 10_000,
} as const;

const ranks = { critical: 0, warning: 1, notice: 2 } as const;

const isLate = ({ uptimeMs, loopLagMs }: Vitals): boolean =>
  uptimeMs > bounds.startingMs && loopLagMs > bounds.loopLagMs;

/** What somebody should look at, the gravest first. */
export const concernsOf = (status: Omit<Status, 'concerns'>, locale: Locale): Concern[] => {
  const texts: ConcernText = concernTexts[locale];
  const { database, cores, instances, webhooks } = status;
  const found: Concern[] = [];
  const tell = (code: Concern['code'], level: Concern['level'], text: string): void => {
    found.push({ code, level, text });
  };

  if (!instances.some((it) => it.state === 'connected' && it.report?.clients !== undefined))
    tell('no-gateway', 'critical', texts.noGateway);
  const { freeBytes } = database;
  if (freeBytes !== undefined && freeBytes < bounds.disk.warning) {
    const level = freeBytes < bounds.disk.critical ? 'critical' : 'warning';
    tell('disk-low', level, texts.diskLow(freeBytes / MIB));
  }
  for (const it of cores) {
    const { core, commit, streamBytes } = it;
    if (commit !== undefined && commit.p99Ms > bounds.commitP99Ms)
      tell('commit-slow', 'warning', texts.commitSlow(core, commit.p99Ms));
    if (streamBytes > bounds.streamBytes)
      tell('stream-behind', 'warning', texts.streamBehind(core, streamBytes / MIB));
    if (isLate(it)) tell('loop-late', 'warning', texts.loopLate(core, it.loopLagMs));
  }
  for (const { instance, state, report } of instances) {
    if (state === 'away') tell('instance-away', 'warning', texts.instanceAway(instance));
    if (report === undefined) continue;
    const { delivery } = report;
    if (delivery !== undefined && delivery.p99Ms > bounds.deliveryP99Ms)
      tell('delivery-slow', 'warning', texts.deliverySlow(instance, delivery.p99Ms));
    if (isLate(report)) tell('loop-late', 'warning', texts.loopLate(instance, report.loopLagMs));
  }
  if (database.searchWaiting > bounds.searchWaiting)
    tell('search-behind', 'notice', texts.searchBehind(database.searchWaiting));
  if (webhooks.failing > 0)
    tell('webhook-failing', 'warning', texts.webhookFailing(webhooks.failing));
  if (webhooks.givenUp > 0)
    tell('webhook-given-up', 'warning', texts.webhookGivenUp(webhooks.givenUp));
  const processes = [...cores, ...instances.flatMap((it) => it.report ?? [])];
  const versions = [...new Set(processes.map((it) => it.version))].sort();
  if (versions.length > 1) tell('versions-differ', 'notice', texts.versionsDiffer(versions));
  return found.sort((a, b) => ranks[a.level] - ranks[b.level]);
};
