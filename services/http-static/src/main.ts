import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createBus } from '@partyline/bus';
import { connectGateway, createGuests } from '@partyline/gateway';
import {
  certificateSource,
  createProxies,
  createRecent,
  openCertificate,
  Readiness,
  runService,
  traceDeliveries,
  tracePublishes,
  watchBus,
  watchDisk,
} from '@partyline/service';
import { settings } from './config.ts';
import { FileStore } from './files/store.ts';
import { sweepFiles } from './files/sweep.ts';
import { Heads } from './line/heads.ts';
import { LineState } from './line/line-state.ts';
import { createReads } from './line/reads.ts';
import { createSpeaker } from './line/speaker.ts';
import { createSpokesman } from './line/spokesman.ts';
import { lineAddress } from './line-address.ts';
import { metricDefinition } from './metrics.ts';
import { pageTexts } from './pages/texts.ts';
import { createSharing } from './routes/files/sharing.ts';
import { createFormTokens } from './routes/guestbook/form-token.ts';
import { announcer } from './routes/guestbook/index.ts';
import { listen, listenSecurely } from './server/http-server.ts';
import { createSite } from './site.ts';
import { createFormats } from './stream/formats.ts';
import { Streams } from './stream/streams.ts';
import { createFloods } from './visitors/floods.ts';
import { createSharerOf } from './visitors/sharer.ts';

const DAY_MS = 86_400_000;

/** Entries of the guestbook from one address: some at once, then one every half minute. */
const guestbookPace = { burst: 10, perSecond: 1 / 30 };

await runService(
  'http-static',
  settings,
  async ({ config, instance, log, metrics, vitals, tracing }) => {
    await using parts = new AsyncDisposableStack();
    const readiness = new Readiness();
    const state = new LineState();

    const server = parts.use(await listen(config));
    const secure =
      config.httpsPort === undefined
        ? undefined
        : parts.use(
            await listenSecurely(
              { ...config, port: config.httpsPort },
              parts.use(await openCertificate({ source: certificateSource(config), log, metrics })),
            ),
          );
    const servers = [server, ...(secure === undefined ? [] : [secure])];
    log.info({ port: server.port, httpsPort: secure?.port }, 'listening');
    const { gateway, line } = connectGateway({
      kind: 'http-static',
      endpoints: [
        `http://${config.publicHost}:${server.port}`,
        ...(secure === undefined ? [] : [`https://${config.publicHost}:${secure.port}`]),
      ],
      connect: (end) =>
        createBus({
          ...{ url: config.bus, token: config.busToken, instance, log },
          onState: readiness.onState,
          watch: watchBus(metrics),
          ...tracePublishes(tracing),
          ...end,
          onLine: (lines) => {
            state.take(lines);
            heads.take(lines);
            end.onLine(lines);
          },
        }),
      // Who reads a stream has nothing to send.
      settings: { ...config, idleMs: 0 },
      ...{ log, random: randomBytes, watch: metrics.watch },
      newTrace: tracing.newTrace,
      ...traceDeliveries(tracing),
      ...{ vitals, delivery: createRecent() },
    });
    parts.use(line);
    const reads = createReads(line);
    const heads = new Heads(line, reads);

    const files = await FileStore.open({
      folder: resolve(config.data, 'files'),
      fileBytes: config.fileBytes,
      placeBytes: config.filesPlaceBytes,
      totalBytes: config.filesBytes,
      types: config.fileTypes,
      keepMs: config.filesKeepDays * DAY_MS,
      now: Date.now,
    });
    parts.use(sweepFiles(files, log));
    metrics.watch(metricDefinition.files, () => files.quota.totalBytes);
    metrics.watch(metricDefinition.filesLimit, () => config.filesBytes);
    watchDisk(metrics, config.data);

    const guests = createGuests(config.busToken);
    const streams = parts.use(new Streams({ gateway, guests, max: config.maxStreams }));
    metrics.watch(metricDefinition.streams, () => streams.open);
    const speaker = createSpeaker({
      line,
      guests,
      random: randomBytes,
      newTrace: tracing.newTrace,
    });
    const flood = { burst: config.floodBurst, perSecond: config.floodPerSecond };
    const floods = createFloods(flood, Date.now);
    const site = await createSite({
      webRoot: resolve(config.webRoot),
      name: config.name,
      locale: config.locale,
      address: lineAddress(config),
      filesTaken: { bytes: config.fileBytes, types: config.fileTypes },
      proxies: createProxies(config.trustedProxies),
      formats: createFormats(config.locale, state.epoch),
      speaker,
      files,
      sharing: createSharing({
        ...{ files, speaker, floods },
        spokesman: createSpokesman(line, tracing.newTrace),
        sharerOf: createSharerOf(config.busToken, Date.now),
        where: { set: config.siteUrl, own: `http://${config.publicHost}:${server.port}` },
      }),
      floods,
      heads,
      guestbookFloods: createFloods(guestbookPace, Date.now),
      tokens: createFormTokens(config.busToken, randomBytes, Date.now),
      announce: announcer(line, instance, pageTexts[config.locale].guestbookNick),
      online: state.online,
      ...(config.redirect === 'yes' && secure !== undefined && { redirectTo: secure.port }),
      ...{ reads, streams, metrics, log, ready: readiness.ready },
    });
    parts.defer(() => site.close());
    for (const it of servers) it.open(site);
    parts.defer(() => gateway.stop());
    parts.defer(() => {
      for (const it of servers) it.stop();
    });
    return parts.move();
  },
);
