import { randomBytes, randomUUID } from 'node:crypto';
import { createGuests } from '@partyline/gateway';
import { seal as sealWith } from '@partyline/lan';
import { Readiness, runService, startOpsServer, watchBus } from '@partyline/service';
import manifest from '../package.json' with { type: 'json' };
import { announce } from './announce/announcer.ts';
import { Outlets } from './announce/outlets.ts';
import { createChat } from './chat/chat.ts';
import { settings } from './config.ts';
import { createDirectory } from './directory.ts';
import { Cookies } from './feed/cookies.ts';
import { createRepairs } from './feed/repairs.ts';
import { createGate } from './intake/gate.ts';
import { receive } from './intake/receive.ts';
import { createTake } from './intake/take.ts';
import { connectLine } from './line.ts';
import { createAdvertiser } from './mdns/advertiser.ts';
import { advertsOf } from './mdns/adverts.ts';
import { metricDefinition } from './metrics.ts';
import { followNetworks } from './networks.ts';
import { openSockets } from './sockets.ts';

await runService(
  'udp-discovery',
  settings,
  async ({ config, instance, log, metrics, vitals, tracing }) => {
    await using parts = new AsyncDisposableStack();
    const readiness = new Readiness();
    const now = () => performance.now();
    const seal = (datagram: Buffer) => sealWith(datagram, config.key);
    const onSendError = (error: Error) => log.debug({ err: error }, 'a datagram could not be sent');

    parts.use(
      await startOpsServer({
        ...{ host: config.opsHost, port: config.opsPort, ready: readiness.ready, metrics, log },
      }),
    );
    const sockets = parts.use(await openSockets(config.port));
    const { port } = sockets;
    const outlets = parts.use(
      new Outlets({
        ...{ port, groups: config.groups, ttl: config.ttl, onError: onSendError },
        loopback: config.loopback === 'on',
      }),
    );

    const guests = createGuests(config.busToken);
    const { bus, senders, feed } = parts.use(
      connectLine({
        ...{ url: config.bus, token: config.busToken, instance, log, port, guests, now },
        ...{ silenceMs: config.silenceMs, max: config.maxSenders, feed: config.feed },
        ...{ watch: watchBus(metrics), tracing },
        endpoints: [`udp://${config.publicHost}:${port}`],
        report: () => ({ vitals: vitals() }),
        send: (datagram) => outlets.multicast(seal(datagram)),
        onState: (state) => {
          readiness.onState(state);
          if (state === 'up') void directory.refresh();
        },
      }),
    );
    metrics.watch(metricDefinition.senders, () => senders.sessions().length);
    const advertiser =
      config.mdns === 'on' ? parts.use(createAdvertiser(config.name, log)) : undefined;
    const directory = parts.use(
      createDirectory({
        ...{ name: config.name, version: manifest.version },
        instances: () => bus.instances(),
        onError: (error) => log.debug({ err: error }, 'endpoints could not be asked for'),
        onKnown: (endpoints) => advertiser?.advertise(advertsOf(endpoints, config.publicHost)),
      }),
    );
    const { knowledge } = directory;

    const { local } = parts.use(
      await followNetworks({
        ...{ sockets, outlets, groups: config.groups },
        onLinks: (links) => advertiser?.follow(links),
      }),
    );
    parts.use(
      announce({
        ...{ knowledge, feed, seal, outlets, broadcasts: config.broadcasts === 'on' },
        ...{ everyMs: config.announceMs, random: Math.random },
      }),
    );

    const chat = createChat({
      ...{ senders, guests, newId: randomUUID, locale: config.locale, now },
      isCongested: () => bus.congested,
    });
    const take = createTake({
      gate: createGate({ ...config, local, now }),
      ...{ local, knowledge, ...(config.maxSenders > 0 && { chat }) },
      repair: createRepairs({
        ...{ feed, cookies: new Cookies(randomBytes(32), now) },
        events: (room, query) => bus.events(room, query),
      }),
    });
    receive({ sockets, take, seal, metrics, log, onSendError });
    log.info({ port, families: sockets.families }, 'listening');
    return parts.move();
  },
);
