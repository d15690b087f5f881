import { randomBytes } from 'node:crypto';
import { BlockList } from 'node:net';
import { createBus } from '@partyline/bus';
import { connectGateway } from '@partyline/gateway';
import {
  addressRanges,
  certificateSource,
  createProxies,
  createRecent,
  openCertificate,
  Readiness,
  runService,
  traceDeliveries,
  tracePublishes,
  watchBus,
} from '@partyline/service';
import { createClients } from './clients.ts';
import { settings } from './config.ts';
import { listen } from './server.ts';
import { SOCKET_IO_PATH, SocketIo } from './socket-io/mount.ts';

await runService(
  'ws-gateway',
  settings,
  async ({ config, instance, log, metrics, vitals, tracing }) => {
    await using parts = new AsyncDisposableStack();
    const readiness = new Readiness();

    const server = parts.use(
      await listen({
        urls: config.listeners,
        publicHost: config.publicHost,
        backlog: config.backlog,
        keepaliveMs: config.keepaliveMs,
        handshakeMs: config.handshakeMs,
        proxies: createProxies(config.proxies),
        trustedProxies: addressRanges(config.trustedProxies) ?? new BlockList(),
        certificate: async () =>
          parts.use(await openCertificate({ source: certificateSource(config), log, metrics })),
        origins: config.origins,
        maxConnections: config.maxConnections,
        maxPerAddress: config.maxPerAddress,
        maxDeflated: config.maxDeflated,
        ready: readiness.ready,
        metrics,
        log,
      }),
    );

    const { gateway, line } = connectGateway({
      kind: 'ws-gateway',
      endpoints: server.endpoints,
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

    const clients = parts.use(createClients(gateway, config));
    const socketIo = parts.use(new SocketIo(gateway, config));
    parts.defer(() => gateway.stop());
    server.open({ webSocket: clients.take, mounts: new Map([[SOCKET_IO_PATH, socketIo]]) });
    parts.defer(() => server.stop());
    return parts.move();
  },
);
