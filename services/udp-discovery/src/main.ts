import { randomBytes, randomUUID } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { createBus } from '@partyline/bus';
import { createGuests } from '@partyline/gateway';
import { seal } from '@partyline/lan';
import { newTrace, Readiness, runService, startOpsServer } from '@partyline/service';
import manifest from '../package.json' with { type: 'json' };
import { announce } from './announce/announcer.ts';
import { Outlets } from './announce/outlets.ts';
import { createChat } from './chat/chat.ts';
import { Senders } from './chat/senders.ts';
import { settings } from './config.ts';
import { createDirectory } from './directory.ts';
import { ANSWER_BYTES, discoveryAnswer } from './discover/answer.ts';
import { Cookies } from './feed/cookies.ts';
import { Feed } from './feed/feed.ts';
import { createRepairs } from './feed/repairs.ts';
import { createGate } from './intake/gate.ts';
import { createTake } from './intake/take.ts';
import { linksOf } from './links.ts';
import { localNetwork } from './local-network.ts';
import { createAdvertiser } from './mdns/advertiser.ts';
import { advertsOf } from './mdns/adverts.ts';
import { openSockets } from './sockets.ts';

const DIRECTORY_MS = 2_000;
const NETWORK_MS = 2_000;
const SWEEP_MS = 1_000;

await runService('udp-discovery', settings, async ({ config, instance, log, metrics }) => {
  await using parts = new AsyncDisposableStack();
  const readiness = new Readiness();
  const now = () => performance.now();
  parts.use(
    await startOpsServer({
      ...{ host: config.opsHost, port: config.opsPort, ready: readiness.ready, metrics, log },
    }),
  );
  const onSendError = (error: Error) => log.debug({ err: error }, 'a datagram could not be sent');
  const sockets = parts.use(await openSockets(config.port));
  const { port } = sockets;
  const outlets = parts.use(
    new Outlets({
      ...{ port, groups: config.groups, ttl: config.ttl, onError: onSendError },
      loopback: config.loopback === 'on',
    }),
  );

  const bus = parts.use(
    createBus({
      ...{ url: config.bus, token: config.busToken, instance, log },
      hello: () => ({
        kind: 'udp-discovery',
        endpoints: [`udp://${config.publicHost}:${port}`],
        ...{ commands: [], sessions: [...senders.sessions()], rooms: [...config.feed] },
      }),
      onLine: (lines) => {
        feed.take(lines);
        for (const line of lines)
          if (line.type === 'removed') senders.removed(line.session, line.room);
          else if (line.type === 'ended') senders.lost([line.session]);
      },
      onLost: (sessions) => senders.lost(sessions),
      onReset: () => {},
      onState: (state) => {
        readiness.onState(state);
        if (state === 'up') void directory.refresh();
      },
    }),
  );
  const guests = createGuests(config.busToken);
  const senders = new Senders({
    ...{ line: bus, guests, newId: randomUUID, newTrace, now },
    ...{ silenceMs: config.silenceMs, max: config.maxSenders },
  });
  parts.defer(() => senders.stop());
  parts.adopt(
    setInterval(() => senders.sweep(), SWEEP_MS),
    clearInterval,
  );

  const feed = parts.use(
    new Feed({
      ...{ rooms: config.feed, port },
      send: (datagram) => outlets.multicast(seal(datagram, config.key)),
      follow: (room, after) => bus.follow(room, after),
    }),
  );
  const repairs = createRepairs({
    ...{ feed, cookies: new Cookies(randomBytes(32), now) },
    events: (room, query) => bus.events(room, query),
  });

  const advertiser =
    config.mdns === 'on' ? parts.use(createAdvertiser(config.name, log)) : undefined;
  const directory = parts.use(
    createDirectory({
      instances: () => bus.instances(),
      everyMs: DIRECTORY_MS,
      onError: (error) => log.debug({ err: error }, 'endpoints could not be asked for'),
      onKnown: (endpoints) => advertiser?.advertise(advertsOf(endpoints, config.publicHost)),
    }),
  );
  const knowledge = () => {
    const endpoints = directory.endpoints();
    return endpoints && { name: config.name, version: manifest.version, endpoints };
  };

  let links = linksOf(networkInterfaces());
  let local = localNetwork(port, links);
  const look = async (): Promise<void> => {
    links = linksOf(networkInterfaces());
    local = localNetwork(port, links);
    sockets.join(config.groups, links);
    await outlets.follow(links);
  };
  await look();
  parts.adopt(
    setInterval(() => void look(), NETWORK_MS),
    clearInterval,
  );
  if (config.announceMs > 0)
    parts.use(
      announce({
        announcement: () => {
          feed.tellHeads();
          const known = knowledge();
          const datagram = known && discoveryAnswer(known, ANSWER_BYTES);
          return datagram && seal(datagram, config.key);
        },
        ...{ outlets, broadcasts: config.broadcasts === 'on' },
        ...{ everyMs: config.announceMs, random: Math.random },
      }),
    );

  const datagrams = metrics.counter({
    name: 'partyline_udp_datagrams_total',
    help: 'Datagrams received, by what became of them.',
    labels: ['outcome'],
  });
  const take = createTake({
    gate: createGate({ ...config, local: () => local, now }),
    ...{ local: () => local, knowledge, repair: repairs },
    ...(config.maxSenders > 0 && {
      chat: createChat({
        ...{ senders, guests, newId: randomUUID, locale: config.locale, now },
        isCongested: () => bus.congested,
      }),
    }),
  });
  sockets.receive((datagram, source, reply) => {
    take(datagram, source).then(
      ({ outcome, answers }) => {
        datagrams.inc({ outcome });
        for (const answer of answers) reply(seal(answer, config.key));
      },
      (error: unknown) => {
        datagrams.inc({ outcome: 'unavailable' });
        log.warn({ err: error }, 'a datagram could not be answered');
      },
    );
  }, onSendError);
  log.info({ port, families: sockets.families }, 'listening');
  return parts.move();
});
