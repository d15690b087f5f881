import { networkInterfaces } from 'node:os';
import { createBus } from '@partyline/bus';
import { Readiness, runService, startOpsServer } from '@partyline/service';
import manifest from '../package.json' with { type: 'json' };
import { settings } from './config.ts';
import { createDirectory } from './directory.ts';
import { localNetwork } from './local-network.ts';
import { openSockets } from './sockets.ts';
import { createResponder } from './unicast/responder.ts';

const DIRECTORY_MS = 2_000;
const NETWORK_MS = 10_000;

await runService('udp-discovery', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();
  const readiness = new Readiness();
  parts.use(
    await startOpsServer({
      ...{ host: config.opsHost, port: config.opsPort, ready: readiness.ready, metrics, log },
    }),
  );
  const sockets = parts.use(await openSockets(config.port));

  const bus = parts.use(
    createBus({
      ...{ url: config.bus, token: config.busToken, instance, log },
      hello: () => ({
        kind: 'udp-discovery',
        endpoints: [`udp://${config.publicHost}:${sockets.port}`],
        ...{ commands: [], sessions: [], rooms: [] },
      }),
      onLine: () => {},
      onLost: () => {},
      onReset: () => {},
      onState: (state) => {
        readiness.onState(state);
        if (state === 'up') void directory.refresh();
      },
    }),
  );
  const directory = parts.use(
    createDirectory({
      instances: () => bus.instances(),
      everyMs: DIRECTORY_MS,
      onError: (error) => log.debug({ err: error }, 'endpoints could not be asked for'),
    }),
  );

  const look = () => localNetwork(sockets.port, networkInterfaces());
  let local = look();
  parts.adopt(
    setInterval(() => {
      local = look();
    }, NETWORK_MS),
    clearInterval,
  );

  const datagrams = metrics.counter({
    name: 'partyline_udp_datagrams_total',
    help: 'Datagrams received, by what became of them.',
    labels: ['outcome'],
  });
  const respond = createResponder({
    ...config,
    knowledge: () => {
      const endpoints = directory.endpoints();
      return endpoints && { name: config.name, version: manifest.version, endpoints };
    },
    local: () => local,
    now: () => performance.now(),
  });
  sockets.receive(
    (datagram, source, reply) => {
      const result = respond(datagram, source);
      datagrams.inc({ outcome: result.outcome });
      if (result.outcome === 'answered') reply(result.answer);
    },
    (error) => log.warn({ err: error }, 'a datagram could not be sent'),
  );
  log.info({ port: sockets.port, families: sockets.families }, 'listening');
  return parts.move();
});
