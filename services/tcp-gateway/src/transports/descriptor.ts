import type { AddressInfo } from 'node:net';
import { type AcceptOptions, openServer, reachedAt, SettingsError } from '@partyline/service';
import type { Listening } from './transport.ts';

/** Sockets that listen already, by name and by number. */
export type HandedOver = ReadonlyMap<string, number>;

const FIRST_DESCRIPTOR = 3;

/**
 * The sockets that the service manager opened for this process (sd_listen_fds(3)): from descriptor
 * 3 on LISTEN_FDS of them, called as LISTEN_FDNAMES says, if LISTEN_PID is this process.
 */
export const handedOver = (
  environment: Readonly<Record<string, string | undefined>>,
  pid: number,
): HandedOver => {
  const sockets = new Map<string, number>();
  if (environment.LISTEN_PID !== String(pid)) return sockets;
  const count = Number(environment.LISTEN_FDS ?? 0);
  const names = environment.LISTEN_FDNAMES?.split(':') ?? [];
  for (let index = 0; index < count; index += 1) {
    const descriptor = FIRST_DESCRIPTOR + index;
    sockets.set(String(descriptor), descriptor);
    const name = names[index];
    if (name !== undefined && !sockets.has(name)) sockets.set(name, descriptor);
  }
  return sockets;
};

/** The name of the socket that a listener URL wants, `fd:NAME` or `fd:NUMBER`; undefined when it names an address. */
export const descriptorName = ({ host, pathname }: URL): string | undefined =>
  host === '' ? /^fd:(.+)$/.exec(pathname)?.[1] : undefined;

/** Listens on a socket that was handed over. Rejects with a SettingsError when it wasn't. */
export const listenOnDescriptor = async (
  name: string,
  sockets: HandedOver,
  options: AcceptOptions,
): Promise<Listening> => {
  const descriptor = sockets.get(name);
  if (descriptor === undefined) {
    const names = [...sockets.keys()].map((it) => `fd:${it}`).join(', ') || 'none';
    throw new SettingsError([
      `PARTYLINE_TCP_LISTENERS has fd:${name}, which is no socket that was handed over (LISTEN_FDS): there are ${names}.`,
    ]);
  }
  const server = await openServer({ fd: descriptor }, options);
  // Of a Unix socket that it didn't open Node knows no path.
  const address = server.address() as AddressInfo | null;
  return {
    address: (publicHost) =>
      address === null ? `fd:${name}` : `//${reachedAt(address.address, address.port, publicHost)}`,
    stop: () => void server.close(),
  };
};
