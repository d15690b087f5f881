import { createSocket, type Socket, type SocketType } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as pass } from 'node:timers/promises';
import { LAN_PORT, listenToFeed, seal, UNFRAGMENTED_BYTES } from '@partyline/lan';
import { type Found, foundBy, readAnswer, withFound } from './answer.ts';
import { type Targets, targetsOf } from './targets.ts';

/** What a seal adds: a line end, and 32 bytes in base64url. */
const SEAL_BYTES = 44;
/** Filled up to the longest answer there is, so that none has to be shortened to the question's length. */
const QUESTION = Buffer.from('{"type":"discover"}'.padEnd(UNFRAGMENTED_BYTES - SEAL_BYTES));
/** Datagrams get lost: each question is asked again once. */
const AGAIN_AFTER_MS = 150;

export type DiscoverOptions = {
  /** A host to ask alone; without it, this machine and its networks are asked. */
  readonly host?: string | undefined;
  readonly port?: number;
  /** Only what is sealed with it is believed (PARTYLINE_UDP_KEY of the server). */
  readonly key?: string | undefined;
  /** How long answers are waited for. */
  readonly waitMs: number;
  /** Called with each server once, as soon as it answers. */
  readonly onFound?: (found: Found) => void;
  readonly stop: AbortSignal;
};

const targets = async (host: string | undefined): Promise<Targets> => {
  if (host === undefined) return targetsOf(networkInterfaces());
  const addresses = await lookup(host, { all: true });
  const [ipv6, ipv4] = [true, false].map((is) =>
    addresses.map(({ address }) => address).filter((it) => isIPv6(it) === is),
  );
  return { ipv4: ipv4 ?? [], ipv6: ipv6 ?? [] };
};

/** A socket to ask from; undefined where the machine doesn't have the family. */
const open = async (type: SocketType): Promise<Socket | undefined> => {
  const socket = createSocket(type);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('error', () => resolve(false));
  socket.bind(0, () => resolve(true));
  if (!(await promise)) {
    socket.close();
    return undefined;
  }
  socket.on('error', () => {});
  if (type === 'udp4') socket.setBroadcast(true);
  return socket;
};

/** Hears servers that announce themselves. */
const listening = (
  port: number,
  key: string | undefined,
  take: (it: Found) => void,
): Promise<AsyncDisposable> =>
  listenToFeed({
    port,
    ...(key !== undefined && { key }),
    wants: () => false,
    onNews: () => {},
    onAnnouncement: (it, from) => take(foundBy(it, from)),
  });

/** Asks for servers by UDP, hears who announces itself, and gathers both within the time. Rejects when the host has no address. */
export const discover = async (options: DiscoverOptions): Promise<readonly Found[]> => {
  const { host, port = LAN_PORT, key, waitMs, onFound, stop } = options;
  const { ipv4, ipv6 } = await targets(host);
  const question = seal(QUESTION, key);
  let found: readonly Found[] = [];
  const sockets = [
    { socket: await open('udp4'), addresses: ipv4 },
    { socket: await open('udp6'), addresses: ipv6 },
  ];
  const ask = (): void => {
    // A network that is down, or doesn't do broadcasts, is one where nobody answers.
    for (const { socket, addresses } of sockets)
      for (const address of addresses) socket?.send(question, port, address, () => {});
  };
  const take = (it: Found): void => {
    const before = found.length;
    found = withFound(found, it);
    if (found.length > before) onFound?.(it);
  };
  // Where the port is somebody's own, servers are only asked.
  const announced =
    host === undefined ? await listening(port, key, take).catch(() => undefined) : undefined;
  try {
    for (const { socket } of sockets)
      socket?.on('message', (datagram, { address }) => {
        const it = readAnswer(datagram, address, key);
        if (it !== undefined) take(it);
      });
    ask();
    await pass(Math.min(AGAIN_AFTER_MS, waitMs), undefined, { signal: stop });
    ask();
    await pass(Math.max(0, waitMs - AGAIN_AFTER_MS), undefined, { signal: stop });
    return found;
  } catch (error) {
    stop.throwIfAborted();
    throw error;
  } finally {
    for (const { socket } of sockets) socket?.close();
    await announced?.[Symbol.asyncDispose]();
  }
};
