import { randomBytes } from 'node:crypto';
import { createBus } from '@partyline/bus';
import { createGateway, type Gateway } from '@partyline/gateway';
import { newTrace, runService, startOpsServer } from '@partyline/service';
import { Clients } from './clients.ts';
import { settings } from './config.ts';
import { listen } from './listeners.ts';

await runService('tcp-gateway', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();
  let ready: true | string = 'the bus was not reached yet';

  parts.use(
    await startOpsServer({
      host: config.opsHost,
      port: config.opsPort,
      ready: () => ready,
      metrics,
      log,
    }),
  );

  const clients = new Clients(config.maxConnections);
  const listeners = parts.use(
    await listen({
      urls: config.listeners,
      clients,
      locale: config.locale,
      publicHost: config.publicHost,
      backlog: config.backlog,
      keepaliveMs: config.keepaliveMs,
      log,
      metrics,
    }),
  );
  const { endpoints } = listeners;
  log.info({ endpoints }, 'listening');

  const bus = parts.use(
    createBus({
      url: config.bus,
      token: config.busToken,
      instance,
      log,
      hello: () => ({
        kind: 'tcp-gateway',
        endpoints: endpoints,
        commands: [],
        sessions: gateway.sessions(),
        rooms: [],
      }),
      onLine: (lines) => gateway.take(lines),
      onLost: (sessions) => gateway.lost(sessions),
      onReset: (epoch) => gateway.reset(epoch),
      onState: (state) => {
        ready = state === 'up' || 'the bus is away';
      },
    }),
  );

  const gateway: Gateway = createGateway({
    line: bus,
    settings: config,
    log,
    random: randomBytes,
    newTrace,
  });
  for (const metric of gateway.metrics) metrics.watch(metric, metric.read);

  clients.open(gateway);
  parts.use(clients);
  parts.defer(() => gateway.stop());
  parts.defer(() => listeners[Symbol.dispose]());
  return parts.move();
});
