import { createSocket, type Socket, type SocketType } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as pass } from 'node:timers/promises';
import { type Found, readAnswer, withFound } from './answer.ts';
import { type Targets, targetsOf } from './targets.ts';

/** The port of udp-discovery. */
export const DISCOVERY_PORT = 7020;
/** Filled up to the longest answer there is, so that none has to be shortened to the question's length. */
const QUESTION = Buffer.from('{"type":"discover"}'.padEnd(1_232));
/** Datagrams get lost: each question is asked again once. */
const AGAIN_AFTER_MS = 150;

export type DiscoverOptions = {
  /** A host to ask alone; without it, this machine and its networks are asked. */
  readonly host?: string | undefined;
  readonly port?: number;
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

/** Asks for servers by UDP, and gathers who answers within the time. Rejects when the host has no address. */
export const discover = async (options: DiscoverOptions): Promise<readonly Found[]> => {
  const { host, port = DISCOVERY_PORT, waitMs, onFound, stop } = options;
  const { ipv4, ipv6 } = await targets(host);
  let found: readonly Found[] = [];
  const sockets = [
    { socket: await open('udp4'), addresses: ipv4 },
    { socket: await open('udp6'), addresses: ipv6 },
  ];
  const ask = (): void => {
    // A network that is down, or doesn't do broadcasts, is one where nobody answers.
    for (const { socket, addresses } of sockets)
      for (const address of addresses) socket?.send(QUESTION, port, address, () => {});
  };
  try {
    for (const { socket } of sockets)
      socket?.on('message', (datagram, { address }) => {
        const it = readAnswer(datagram, address);
        if (it === undefined) return;
        const before = found.length;
        found = withFound(found, it);
        if (found.length > before) onFound?.(it);
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
  }
};
