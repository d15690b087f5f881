import { createBus } from '@partyline/bus';
import type { Envelope, Outcome } from '@partyline/protocol';
import {
  createHttpServer,
  createProxies,
  listenHttp,
  Readiness,
  runService,
  watchBus,
} from '@partyline/service';
import { createAnswer, registrations } from './chat/commands.ts';
import { createDesk } from './chat/desk.ts';
import { settings } from './config.ts';
import { exchange } from './dns/exchange.ts';
import { readServers } from './dns/server.ts';
import { systemServers } from './dns/system-servers.ts';
import { probeRoute } from './http/probe-route.ts';
import { metricDefinition } from './metrics.ts';
import type { PrivateAddresses } from './probe/address.ts';
import { counted } from './probe/counted.ts';
import { guard } from './probe/guard.ts';
import { createProbe } from './probe/probe.ts';
import { createServers } from './probe/servers.ts';
import { createSystem } from './probe/system.ts';
import { readSystemNames } from './probe/system-names.ts';
import { stateOf } from './watch/state.ts';
import { createWatchman } from './watch/watchman.ts';

await runService('dns-probe', settings, async ({ config, instance, log, metrics, vitals }) => {
  await using parts = new AsyncDisposableStack();
  const readiness = new Readiness();

  const now = () => performance.now();
  const { privateAddresses, locale } = config;
  const system = createSystem({ ...config, now });
  const createProbeWith = (how: {
    readonly cacheMs: number;
    readonly privateAddresses: PrivateAddresses;
  }) =>
    createProbe({
      servers: config.servers.length > 0 ? readServers(config.servers) : systemServers(),
      choices: readServers(config.choices),
      system,
      ask: createServers({
        exchange: (at, question) => exchange(at, question, config.timeoutMs),
        ...{ cacheMs: how.cacheMs, now },
      }),
      systemNames: readSystemNames,
      privateAddresses: how.privateAddresses,
    });
  const probe = createProbeWith(config);
  const guarded = guard(probe, { ...config, now });
  const measures = {
    probes: metrics.counter(metricDefinition.probes),
    seconds: metrics.histogram(metricDefinition.probeSeconds),
  };

  const server = createHttpServer({
    ready: readiness.ready,
    proxies: createProxies(config.trustedProxies),
    ...{ metrics, log },
  });
  parts.defer(() => server.close());
  probeRoute(server, counted(guarded, 'http', measures));
  const port = await listenHttp(server, config);

  const bus = parts.use(
    createBus({
      ...{ url: config.bus, token: config.busToken, instance, log },
      hello: () => ({
        kind: 'dns-probe',
        endpoints: [`dns+http://${config.publicHost}:${port}/probe`],
        ...{ commands: registrations(locale), sessions: [], rooms: [] },
      }),
      onLine: (lines) => {
        for (const line of lines)
          if (line.type === 'invocation') desk.take(line);
          else if (line.type === 'watch') watchman.take(line);
      },
      report: () => ({ vitals: vitals() }),
      onLost: () => {},
      onReset: () => {},
      onState: readiness.onState,
      watch: watchBus(metrics),
    }),
  );
  const publish = (envelope: Envelope): Promise<Outcome> => bus.publish(envelope);
  const desk = parts.use(
    createDesk({
      say: createAnswer({
        ...{ probe: counted(guarded, 'chat', measures), privateAddresses, publish, locale },
      }),
      ...{ publish, instance, log },
    }),
  );
  const watchman = createWatchman({
    // What was found a while ago is no second look.
    probe: counted(createProbeWith({ cacheMs: 0, privateAddresses: 'show' }), 'watch', measures),
    stateOf: (report) => stateOf(report, { privateAddresses, key: config.busToken }),
    ...{ publish, instance, locale, log },
  });
  return parts.move();
});
