import { randomBytes } from 'node:crypto';
import { createBus } from '@partyline/bus';
import { connectGateway } from '@partyline/gateway';
import { newTrace, Readiness, runService } from '@partyline/service';
import { createClients } from './clients.ts';
import { settings } from './config.ts';
import { listen } from './server.ts';

await runService('ws-gateway', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();
  const readiness = new Readiness();

  const server = parts.use(
    await listen({
      host: config.host,
      port: config.port,
      origins: config.origins,
      maxConnections: config.maxConnections,
      ready: readiness.ready,
      metrics,
      log,
    }),
  );

  const { gateway, line } = connectGateway({
    kind: 'ws-gateway',
    endpoints: [`ws://${config.publicHost}:${server.port}`],
    connect: (end) =>
      createBus({
        ...{ url: config.bus, token: config.busToken, instance, log },
        onState: readiness.onState,
        ...end,
      }),
    ...{ settings: config, log, random: randomBytes, newTrace, watch: metrics.watch },
  });
  parts.use(line);

  const clients = parts.use(createClients(gateway, config));
  parts.defer(() => gateway.stop());
  server.open({ webSocket: clients.take });
  parts.defer(() => server.stop());
  return parts.move();
});
