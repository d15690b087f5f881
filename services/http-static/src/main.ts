import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createBus } from '@partyline/bus';
import { connectGateway } from '@partyline/gateway';
import { newTrace, Readiness, runService } from '@partyline/service';
import { settings } from './config.ts';
import { Epoch } from './line/epoch.ts';
import { Heads } from './line/heads.ts';
import { createReads } from './line/reads.ts';
import { createSpeaker } from './line/speaker.ts';
import { listen } from './server.ts';
import { createSite } from './site.ts';
import { createFormats } from './stream/formats.ts';
import { Streams } from './stream/streams.ts';
import { createFloods } from './visitors/floods.ts';
import { createGuests } from './visitors/guests.ts';

await runService('http-static', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();
  const readiness = new Readiness();
  const epoch = new Epoch();

  const server = parts.use(await listen(config));
  log.info({ port: server.port }, 'listening');
  const { gateway, line } = connectGateway({
    kind: 'http-static',
    endpoints: [`http://${config.publicHost}:${server.port}`],
    connect: (end) =>
      createBus({
        ...{ url: config.bus, token: config.busToken, instance, log },
        onState: readiness.onState,
        ...end,
        onLine: (lines) => {
          epoch.take(lines);
          end.onLine(lines);
        },
      }),
    // Who reads a stream has nothing to send.
    settings: { ...config, idleMs: 0 },
    ...{ log, random: randomBytes, newTrace, watch: metrics.watch },
  });
  parts.use(line);

  const guests = createGuests(config.busToken);
  const reads = createReads(line);
  const streams = parts.use(new Streams({ gateway, guests, max: config.maxStreams }));
  const site = await createSite({
    webRoot: resolve(config.webRoot),
    name: config.name,
    locale: config.locale,
    address: config.wsUrl === undefined ? { wsPort: config.wsPort } : { ws: config.wsUrl },
    trustedProxies: config.trustedProxies,
    formats: createFormats(config.locale, epoch.current),
    speak: createSpeaker({ line, guests, random: randomBytes, newTrace }),
    heads: new Heads(reads),
    floods: createFloods({ burst: config.floodBurst, perSecond: config.floodPerSecond }, Date.now),
    ...{ reads, streams, metrics, log, ready: readiness.ready },
  });
  parts.defer(() => site.close());
  server.open(site);
  parts.defer(() => gateway.stop());
  parts.defer(() => server.stop());
  return parts.move();
});
