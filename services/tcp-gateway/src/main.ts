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
  let endpoints: readonly string[] = [];

  parts.use(
    await startOpsServer({
      host: config.opsHost,
      port: config.opsPort,
      ready: () => ready,
      metrics,
      log,
    }),
  );

  const bus = parts.use(
    createBus({
      url: config.bus,
      token: config.busToken,
      instance,
      log,
      hello: () => ({
        kind: 'tcp-gateway',
        endpoints: [...endpoints],
        commands: [],
        sessions: [...gateway.sessions()],
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

  const clients = parts.use(new Clients(gateway, config.maxConnections));
  parts.defer(() => gateway.stop());
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
  endpoints = listeners.endpoints;
  log.info({ endpoints }, 'listening');
  return parts.move();
});
