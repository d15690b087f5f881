import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Announcement, readDatagram, writeDatagram } from '../datagram.ts';
import { LAN_GROUPS, LAN_PORT } from '../groups.ts';
import { unseal } from '../seal.ts';
import { type FeedNews, FeedReceiver, type FeedReceiverOptions } from './receiver.ts';

export type ListenOptions = Omit<FeedReceiverOptions, 'now' | 'random'> & {
  readonly onNews: (news: readonly FeedNews[]) => void;
  /** Told of every server that announces itself. */
  readonly onAnnouncement?: (it: Announcement, from: string) => void;
  readonly port?: number;
  /** The groups to hear; with none, what is sent to `address` alone. */
  readonly groups?: readonly string[];
  readonly address?: string;
  /** Believes only what is sealed with it. */
  readonly key?: string;
};

/** How often it is looked whether something is missing. */
const LOOK_MS = 50;

/** A group's address alone is bound, so that datagrams for a server on this machine stay its own. */
const open = async (group: string, port: number): Promise<Socket> => {
  const socket = createSocket({ type: isIPv6(group) ? 'udp6' : 'udp4', reuseAddr: true });
  // Windows binds no groups.
  socket.bind(process.platform === 'win32' ? { port } : { port, address: group });
  try {
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
};

/** Hears a group on every interface; one without multicast, or that it was joined on already, is passed over. */
const join = (socket: Socket, group: string): void => {
  for (const [name, addresses = []] of Object.entries(networkInterfaces()))
    for (const { family, address } of addresses)
      if ((family === 'IPv6') === isIPv6(group))
        try {
          socket.addMembership(group, family === 'IPv6' ? `::%${name}` : address);
        } catch {}
};

/** Opens what can be opened; rejects when nothing can. */
const openAll = async (groups: readonly string[], port: number): Promise<readonly Socket[]> => {
  const opened = await Promise.allSettled(
    groups.map(async (group) => {
      const socket = await open(group, port);
      join(socket, group);
      return socket;
    }),
  );
  const sockets = opened.flatMap((it) => (it.status === 'fulfilled' ? it.value : []));
  const [failed] = opened.filter((it) => it.status === 'rejected');
  if (sockets.length === 0 && failed !== undefined) throw failed.reason;
  return sockets;
};

/**
 * Listens to the feed of the first server that is heard, and asks it for what was missed. Rejects
 * when the port can't be listened at.
 */
export const listenToFeed = async (options: ListenOptions): Promise<AsyncDisposable> => {
  const { port = LAN_PORT, groups = LAN_GROUPS, address, key, onNews, onAnnouncement } = options;
  const receiver = new FeedReceiver({
    ...options,
    ...{ now: () => performance.now(), random: Math.random },
  });
  await using sockets = new AsyncDisposableStack();
  const use = (socket: Socket): Socket => {
    // A datagram that could not be sent is as good as one that was lost.
    socket.on('error', () => {});
    return sockets.adopt(socket, (it) => new Promise<void>((done) => it.close(done)));
  };
  const asking = use(createSocket('udp4')).bind(address === undefined ? {} : { address, port });
  // A machine without IPv6 hears of no server that would have to be asked over it.
  const asking6 = use(createSocket('udp6')).bind();
  const hearing = (await openAll(groups, port)).map(use);
  let server: { readonly address: string; readonly port: number } | undefined;

  const take = (datagram: Buffer, { address: from }: RemoteInfo): void => {
    const body = unseal(datagram, key);
    const it = body && readDatagram(body);
    if (it?.type === 'partyline') onAnnouncement?.(it, from);
    if (it === undefined || it.type === 'repair' || it.type === 'partyline') return;
    if (it.type === 'heads') server ??= { address: from, port: it.port };
    // Another server's rooms are other rooms, of the same names.
    if (server?.address !== from) return;
    const news = receiver.take(it);
    if (news.length > 0) onNews(news);
  };
  for (const socket of [asking, asking6, ...hearing]) socket.on('message', take);
  const timer = setInterval(() => {
    for (const question of receiver.due())
      if (server !== undefined) {
        const socket = isIPv6(server.address) ? asking6 : asking;
        socket.send(writeDatagram(question), server.port, server.address, () => {});
      }
  }, LOOK_MS);

  sockets.defer(() => clearInterval(timer));
  return sockets.move();
};
