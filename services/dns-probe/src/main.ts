import { createBus } from '@partyline/bus';
import { createHttpServer, listenHttp, Readiness, runService } from '@partyline/service';
import { createDesk } from './chat/desk.ts';
import { registration } from './chat/dns-command.ts';
import { settings } from './config.ts';
import { exchange } from './dns/exchange.ts';
import { readServers } from './dns/server.ts';
import { systemServers } from './dns/system-servers.ts';
import { probeRoute } from './http/probe-route.ts';
import { counted } from './probe/counted.ts';
import { guard } from './probe/guard.ts';
import { createProbe } from './probe/probe.ts';
import { createServers } from './probe/servers.ts';
import { createSystem } from './probe/system.ts';
import { readSystemNames } from './probe/system-names.ts';

await runService('dns-probe', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();
  const readiness = new Readiness();

  const now = () => performance.now();
  const probe = createProbe({
    servers: config.servers.length > 0 ? readServers(config.servers) : systemServers(),
    choices: readServers(config.choices),
    system: createSystem({ ...config, now }),
    ask: createServers({
      exchange: (at, question) => exchange(at, question, config.timeoutMs),
      ...{ cacheMs: config.cacheMs, now },
    }),
    systemNames: readSystemNames,
    privateAddresses: config.privateAddresses,
  });
  const guarded = guard(probe, { ...config, now });
  const probes = metrics.counter({
    name: 'partyline_dns_probes_total',
    help: 'Questions asked, by where, and what became of them.',
    labels: ['asked', 'outcome'],
  });

  const server = createHttpServer({ ready: readiness.ready, metrics, log });
  parts.defer(() => server.close());
  probeRoute(server, counted(guarded, 'http', probes));
  const port = await listenHttp(server, config);

  const bus = parts.use(
    createBus({
      ...{ url: config.bus, token: config.busToken, instance, log },
      hello: () => ({
        kind: 'dns-probe',
        endpoints: [`dns+http://${config.publicHost}:${port}/probe`],
        ...{ commands: [registration(config.locale)], sessions: [], rooms: [] },
      }),
      onLine: (lines) => {
        for (const line of lines) if (line.type === 'invocation') desk.take(line);
      },
      onLost: () => {},
      onReset: () => {},
      onState: readiness.onState,
    }),
  );
  const desk = parts.use(
    createDesk({
      probe: counted(guarded, 'chat', probes),
      publish: (envelope) => bus.publish(envelope),
      ...{ instance, locale: config.locale, log },
    }),
  );
  return parts.move();
});
