import { isProblem, roomName, type Vitals } from '@partyline/protocol';
import {
  type Log,
  type Metrics,
  SettingsError,
  type SettingsOf,
  type Tracing,
  traceId,
  type tracingSettings,
  watchDisk,
} from '@partyline/service';
import { Bell } from './admin/following/bell.ts';
import { startAdmin } from './admin/server.ts';
import { listen, readBusAddress, readHttpAddress } from './bus/listen.ts';
import { createBusServer } from './bus/server.ts';
import { Streams } from './bus/streams.ts';
import type { settings } from './config.ts';
import { startCallers } from './hooks/commands/callers.ts';
import { startWebhookServer, type WebhookServerOptions } from './hooks/incoming/server.ts';
import { startCouriers } from './hooks/outgoing/couriers.ts';
import { createMayReach } from './hooks/outgoing/destination.ts';
import { createDuty } from './hooks/outgoing/duty.ts';
import { createPost } from './hooks/outgoing/post.ts';
import { type BackingUpOptions, createBackingUp } from './line/backing-up.ts';
import type { Effect } from './line/effect.ts';
import { FanOut } from './line/fan-out.ts';
import {
  alone,
  createLeading,
  type Leading,
  type LeadingParts,
  peerLeaseMs,
} from './line/leading.ts';
import { createLine } from './line/line.ts';
import { systemAfter, systemSleep } from './line/timer.ts';
import { startUpkeep } from './line/upkeep.ts';
import { watchCore } from './measures.ts';
import { metricDefinition } from './metrics.ts';
import { createBotRation } from './people/bot-ration.ts';
import { createRecognize } from './people/credentials.ts';
import { createPasswords } from './people/password.ts';
import { createProof } from './people/proof.ts';
import { Board } from './status/board.ts';
import { createMeasures } from './status/measures.ts';
import type { DatabaseStore, Store } from './store/port.ts';
import { openPostgresStore } from './store/postgres/open.ts';
import type { Retention } from './store/retention.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import { fileSizes } from './store/sqlite/sizes.ts';
import { traceDelivered } from './trace-delivered.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type CoreOptions = {
  readonly config: Omit<SettingsOf<typeof settings>, keyof typeof tracingSettings>;
  /** The id of this process. */
  readonly instance: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly vitals: () => Vitals;
  readonly tracing?: Pick<Tracing, 'recorder'>;
};

/** A running chat-core. */
export interface Core extends AsyncDisposable {
  readonly adminPort: number;
}

/**
 * The parts of chat-core, from the store outwards; stopped in reverse: no new requests, those under
 * way are answered, streams end, the line finishes, the database is closed.
 */
export const startCore = async (options: CoreOptions): Promise<Core> => {
  const { config, instance, log, metrics, vitals } = options;
  const recorder = options.tracing?.recorder;
  const { data, leaseMs, graceMs, resumeMs, roomCreation, watchMs, busToken: ticketKey } = config;
  const startedAt = Date.now();
  const address = readBusAddress(config.busListen ?? `unix:${data}/bus.sock`);
  await using starting = new AsyncDisposableStack();

  const streams = new Streams();
  const watch = watchCore(metrics, streams);
  const measures = createMeasures();
  const store = starting.use(await openStore({ config, log }, watch.databaseBroken));
  const clock = { now: Date.now, after: systemAfter };
  const fanOut = starting.use(new FanOut({ ...clock, epoch: store.epoch, outlets: streams }));
  const bell = new Bell(systemAfter);
  let health: true | string = true;
  const deliver = (effects: readonly Effect[]): void => {
    if (log.isLevelEnabled('debug')) logEvents(log, effects);
    fanOut.deliver(effects);
    bell.ring(effects);
    duty.take(effects);
    commandDuty.take(effects);
    watch.told(effects);
    measures.told(effects);
  };
  const line = starting.use(
    createLine({
      ...{
        store,
        now: Date.now,
        attached: streams.attached,
        rules: { leaseMs, graceMs, resumeMs, roomCreation, watchMs, ticketKey },
      },
      deliver: recorder === undefined ? deliver : traceDelivered(recorder, deliver),
      onGap: () => {
        watch.gap();
        log.warn('away for too long to know what other chat-cores told; instances come back');
        streams.endAll();
      },
      watch: {
        committed: (decision, seconds) => {
          watch.line.committed(decision, seconds);
          measures.committed(decision, seconds);
          if (decision.changes !== undefined) health = true;
          for (const { work, error } of decision.failures)
            log.error({ err: error, work: work.type }, 'a publish could not be decided');
        },
        failed: (error, works) => {
          watch.line.failed(error, works);
          health = 'The last batch could not be written.';
          log.error({ err: error, works }, 'a batch could not be written; its senders try again');
        },
      },
    }),
  );
  metrics.watch(metricDefinition.waiting, () => line.waiting);
  watchDisk(metrics, data);
  if (config.database === undefined)
    metrics.watch(metricDefinition.databaseBytes, () => fileSizes(data));
  const recognize = createRecognize({ line, read: store.read, now: Date.now, log });
  const ration = createBotRation(() => performance.now());
  const mayReach = createMayReach(config.webhookNetworks);
  const post = starting.use(createPost(mayReach, Date.now));
  const duty = starting.use(
    createDuty(() =>
      startCouriers({
        ...{ line, read: store.read, epoch: store.epoch, post, log, ...clock, sleep: systemSleep },
        ...{ random: Math.random, giveUpMs: config.webhookGiveUpMs, onSent: watch.webhooks.sent },
        ...{ onHealth: watch.webhooks.health, onRefused: watch.webhooks.refused },
      }),
    ),
  );

  const commandDuty = starting.use(
    createDuty(() =>
      startCallers({
        ...{ line, streams, read: store.read, post, log, locale: config.locale },
        ...{ now: Date.now, sleep: systemSleep, onSent: watch.webhooks.sent },
      }),
    ),
  );
  const setDuty = async (isOn: boolean): Promise<void> => {
    await Promise.all([duty.set(isOn), commandDuty.set(isOn)]);
  };

  const leading = await startLeading(store, {
    ...{ line, leaseMs: peerLeaseMs(leaseMs) },
    onAlive: () => {
      health = true;
    },
  });
  metrics.watch(metricDefinition.leads, () => Number(leading.leads));
  const room = roomName(config.watchRoom);
  if (!isProblem(room))
    await line.run({ type: 'deployment', names: [...new Set(config.watched)], room });
  await setDuty(leading.leads);
  starting.use(
    startUpkeep({
      ...{ line, store, now: Date.now, leaseMs, attached: streams.attached },
      ...{ leading, onLeading: setDuty, after: systemAfter, random: Math.random, log },
      retention: retentionOf(config),
      backUp: backingUp(config, store, { log, watch: watch.backups }),
    }),
  );

  const webhooks = await serveWebhooks(config, { line, recognize, ration, metrics, log });
  if (webhooks !== undefined) starting.use(webhooks);

  const board = starting.use(
    new Board({
      ...{ core: instance, vitals, measures, streams, peers: store.peers, log },
      ...clock,
    }),
  );
  const passwords = createPasswords();
  const bus = createBusServer({
    ...{ line, streams, fanOut, board, leaseMs, log, token: config.busToken },
    ...{ read: store.read, epoch: store.epoch, passwords, recognize, ration },
    prove: createProof({ line, passwords, read: store.read, now: Date.now }),
    ...{ metrics, onWrongToken: () => watch.wrongToken('bus') },
  });
  starting.defer(() => bus.close());
  const admin = await startAdmin({
    ...{ line, log, metrics, read: store.read, epoch: store.epoch, startedAt },
    ...{ backups: store.backups, exportAll: store.export, retention: retentionOf(config) },
    passwords,
    status: { board, store, now: Date.now, locale: config.locale },
    ...{ host: config.adminHost, port: config.adminPort, token: config.adminToken },
    mayReach,
    webhookBase: webhooks && (config.webhookUrl?.replace(/\/+$/, '') ?? webhooks.url),
    ...{ bell, streams: config.adminStreams },
    ...{ burst: config.adminBurst, perSecond: config.adminPerSecond },
    ready: () => health,
    onWrongToken: () => watch.wrongToken('admin'),
  });
  starting.use(admin);
  await listen(bus, address);
  const started = starting.move();
  return {
    adminPort: admin.port,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};

/** The store that the settings name: SQLite in the data folder, or a Postgres for several chat-cores. */
const openStore = (
  { config, log }: Pick<CoreOptions, 'config' | 'log'>,
  onBroken: () => void,
): Promise<DatabaseStore> => {
  const { database, data, leaseMs } = config;
  if (database === undefined) return openSqliteStore(data);
  return openPostgresStore({
    ...{ url: database, folder: data, leaseMs: peerLeaseMs(leaseMs) },
    onError: (error) => {
      onBroken();
      log.warn({ err: error }, 'a connection to the database broke');
    },
  });
};

const retentionOf = (config: CoreOptions['config']): Retention => ({
  roomsMs: config.keepDays * DAY_MS,
  privateMs: config.keepPrivateDays * DAY_MS,
  auditMs: config.keepAuditDays * DAY_MS,
});

/** What makes backups when the settings want some. Throws a SettingsError where it can't. */
const backingUp = (
  { backupHours, backupKeep: keep, database }: CoreOptions['config'],
  { backups }: Store,
  parts: Pick<BackingUpOptions, 'log' | 'watch'>,
): (() => Promise<void>) => {
  if (backups !== undefined)
    return createBackingUp({
      ...{ backups, everyMs: backupHours * HOUR_MS, keep, now: Date.now, ...parts },
    });
  if (database !== undefined && backupHours > 0)
    throw new SettingsError([
      'PARTYLINE_BACKUP_HOURS is for SQLite; back the Postgres of PARTYLINE_DATABASE up by pg_dump.',
    ]);
  return async () => {};
};

/** Everybody gets their full time to come back, unless another chat-core was there all the time. */
const startLeading = async (
  { peers }: Store,
  parts: Omit<LeadingParts, 'peers' | 'elapsed'>,
): Promise<Leading> => {
  const { line } = parts;
  if (peers === undefined) {
    await line.run({ type: 'wake' });
    return alone;
  }
  peers.onTold(line.hear);
  const leading = createLeading({ ...parts, peers, elapsed: () => performance.now() });
  await leading.beat();
  return leading;
};

/** The listener of webhooks, where there is to be one. */
const serveWebhooks = async (
  { webhookListen }: CoreOptions['config'],
  parts: Omit<WebhookServerOptions, 'host' | 'port'>,
) => {
  const address = webhookListen === undefined ? undefined : readHttpAddress(webhookListen);
  if (address === undefined) return undefined;
  const server = await startWebhookServer({ ...parts, ...address });
  const host = address.host === '*' ? 'localhost' : address.host;
  return { ...server, url: `http://${host.includes(':') ? `[${host}]` : host}:${server.port}` };
};

const logEvents = (log: Log, effects: readonly Effect[]): void => {
  for (const it of effects)
    if (it.type === 'event') {
      const { room, seq, trace } = it.event;
      log.debug({ trace_id: traceId(trace), room, seq }, 'event committed');
    }
};
