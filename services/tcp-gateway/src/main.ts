import { randomBytes } from 'node:crypto';
import { createBus } from '@partyline/bus';
import { connectGateway } from '@partyline/gateway';
import {
  certificateSource,
  createProxies,
  createRecent,
  openCertificate,
  Readiness,
  runService,
  startOpsServer,
  traceDeliveries,
  tracePublishes,
  watchBus,
} from '@partyline/service';
import { Clients } from './clients.ts';
import { settings } from './config.ts';
import { listen } from './listeners.ts';
import { handedOver } from './transports/descriptor.ts';

await runService(
  'tcp-gateway',
  settings,
  async ({ config, instance, log, metrics, vitals, tracing }) => {
    await using parts = new AsyncDisposableStack();
    const readiness = new Readiness();

    parts.use(
      await startOpsServer({
        host: config.opsHost,
        port: config.opsPort,
        ready: readiness.ready,
        metrics,
        log,
      }),
    );

    const clients = new Clients(config, log);
    const listeners = parts.use(
      await listen({
        urls: config.listeners,
        clients,
        locale: config.locale,
        publicHost: config.publicHost,
        folder: config.data,
        backlog: config.backlog,
        keepaliveMs: config.keepaliveMs,
        handshakeMs: config.handshakeMs,
        proxies: createProxies(config.proxies),
        certificate: async () =>
          parts.use(await openCertificate({ source: certificateSource(config), log, metrics })),
        handedOver: handedOver(process.env, process.pid),
        log,
        metrics,
      }),
    );
    const { endpoints } = listeners;
    log.info({ endpoints }, 'listening');

    const { gateway, line } = connectGateway({
      kind: 'tcp-gateway',
      endpoints,
      connect: (end) =>
        createBus({
          ...{ url: config.bus, token: config.busToken, instance, log },
          onState: readiness.onState,
          watch: watchBus(metrics),
          ...tracePublishes(tracing),
          ...end,
        }),
      ...{ settings: config, log, random: randomBytes, watch: metrics.watch },
      newTrace: tracing.newTrace,
      ...traceDeliveries(tracing),
      ...{ vitals, delivery: createRecent() },
    });
    parts.use(line);

    clients.open(gateway);
    parts.use(clients);
    parts.defer(() => gateway.stop());
    parts.defer(() => listeners[Symbol.dispose]());
    return parts.move();
  },
);
