import { randomBytes } from 'node:crypto';
import { createBus } from '@partyline/bus';
import { connectGateway } from '@partyline/gateway';
import { newTrace, Readiness, runService, startOpsServer } from '@partyline/service';
import { Clients } from './clients.ts';
import { settings } from './config.ts';
import { listen } from './listeners.ts';

await runService('tcp-gateway', settings, async ({ config, instance, log, metrics }) => {
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

  const { gateway, line } = connectGateway({
    kind: 'tcp-gateway',
    endpoints,
    connect: (end) =>
      createBus({
        ...{ url: config.bus, token: config.busToken, instance, log },
        onState: readiness.onState,
        ...end,
      }),
    ...{ settings: config, log, random: randomBytes, newTrace, watch: metrics.watch },
  });
  parts.use(line);

  clients.open(gateway);
  parts.use(clients);
  parts.defer(() => gateway.stop());
  parts.defer(() => listeners[Symbol.dispose]());
  return parts.move();
});
