import { randomBytes } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import type { Vitals } from '@partyline/protocol';
import type { commonSettings } from './common-settings.ts';
import { describeListenError, isListenError, settingsBehind } from './listen-error.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Definition } from './setting.ts';
import { readSettings, SettingsError, type SettingsOf } from './settings.ts';
import { whenToldToStop } from './stop-signals.ts';
import { startTracing, type Tracing } from './tracing/tracing.ts';
import { watchVitals } from './vitals.ts';

/** What a service is given to start with. */
export type Start<D extends Definition> = {
  readonly config: SettingsOf<D>;
  /** The id of this process, `KIND-` and a random number unless it is set. */
  readonly instance: string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How this process is now. */
  readonly vitals: () => Vitals;
  readonly tracing: Tracing;
  /** Aborted when the service is to stop, also while it is still starting. */
  readonly signal: AbortSignal;
};

/** How long a service may take to finish what it accepted and say goodbye. */
const STOP_MS = 5_000;
/** EX_CONFIG of sysexits.h: trying again can't help before somebody changes a setting. */
const EXIT_CONFIG = 78;

const read = <D extends Definition>(definition: D, log: Log): SettingsOf<D> | undefined => {
  try {
    return readSettings(definition, process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    log.fatal({ settings: error.problems }, error.message);
    return undefined;
  }
};

/** One line that says why a service could not start. */
const tellFailure = (
  error: unknown,
  definition: Definition,
  values: Readonly<Record<string, unknown>>,
  log: Log,
): void => {
  if (!isListenError(error)) {
    const why = error instanceof Error ? error.message : String(error);
    log.fatal({ err: error }, `could not start: ${why}`);
    return;
  }
  const names = settingsBehind(error, definition, values);
  const setting = names.length === 0 ? 'its setting' : names.join(' or ');
  log.fatal({ code: error.code, settings: names }, describeListenError(error, setting));
};

/**
 * Runs a service as this process: settings, log and metrics; start; until SIGTERM, SIGINT or the
 * end of its supervisor; stop; exit. Exit code 0 after a stop in time, 78 for wrong settings, else 1.
 */
export const runService = async <D extends typeof commonSettings & Definition>(
  service: string,
  definition: D,
  start: (given: Start<D>) => Promise<AsyncDisposable>,
): Promise<never> => {
  // What a service keeps, messages and passwords among it, is for its own user alone.
  process.umask(0o077);
  const randomId = `${service}-${randomBytes(4).toString('hex')}`;
  const firstLog = createLog({ service, instance: randomId, level: 'info' });
  const config = read(definition, firstLog);
  if (config === undefined) process.exit(EXIT_CONFIG);

  const common = config as SettingsOf<typeof commonSettings>;
  const { logLevel: level, instance = randomId } = common;
  const log = createLog({ service, instance, level });
  const metrics = createMetrics({ service });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'ended by an error that nobody handled');
    process.exit(1);
  });

  const stopping = new AbortController();
  const toldToStop = whenToldToStop(process.env).then((reason) => {
    log.info({ reason }, 'stopping');
    setTimeout(() => {
      log.fatal({ afterMs: STOP_MS }, 'did not stop in time');
      process.exit(1);
    }, STOP_MS).unref();
    stopping.abort();
  });

  try {
    await using tracing = startTracing({ service, instance, config: common, metrics, log });
    await using _running = await start({
      ...{ config, instance, log, metrics, tracing, vitals: watchVitals() },
      signal: stopping.signal,
    });
    log.info({ pid: process.pid }, 'ready');
    process.send?.({ type: 'ready' });
    // Now, since whoever is killed leaves none behind; nothing where NODE_COMPILE_CACHE is unset.
    flushCompileCache();
    await toldToStop;
  } catch (error) {
    if (!stopping.signal.aborted) {
      if (error instanceof SettingsError) {
        log.fatal({ settings: error.problems }, error.message);
        process.exit(EXIT_CONFIG);
      }
      tellFailure(error, definition, config, log);
      process.exit(1);
    }
    log.warn({ err: error }, 'an error while stopping');
  }
  log.info('stopped');
  process.exit(0);
};
