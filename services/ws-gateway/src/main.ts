import { randomBytes } from 'node:crypto';
import { createBus } from '@partyline/bus';
import { createGateway, type Gateway } from '@partyline/gateway';
import { newTrace, runService } from '@partyline/service';
import { createClients } from './clients.ts';
import { settings } from './config.ts';
import { listen } from './server.ts';

await runService('ws-gateway', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();
  let ready: true | string = 'the bus was not reached yet';

  const server = parts.use(
    await listen({
      host: config.host,
      port: config.port,
      origins: config.origins,
      maxConnections: config.maxConnections,
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
        kind: 'ws-gateway',
        endpoints: [`ws://${config.publicHost}:${server.port}`],
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

  const clients = parts.use(createClients(gateway, config));
  parts.defer(() => gateway.stop());
  server.open(clients.take);
  parts.defer(() => server.stop());
  return parts.move();
});
