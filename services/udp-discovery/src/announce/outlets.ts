import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Link } from '../links.ts';

export type OutletsOptions = {
  /** The port that datagrams are sent to. */
  readonly port: number;
  /** Groups of both families. */
  readonly groups: readonly string[];
  /** How many routers a multicast datagram may pass, and one more. */
  readonly ttl: number;
  /** Whether this machine hears its own multicast. */
  readonly loopback: boolean;
  readonly onError: (error: Error) => void;
};

type Outlet = { readonly socket: Socket; readonly link: Link };

const isIpv6Link = ({ family }: Link): boolean => family === 'IPv6';
const isLinkLocal = ({ address }: Link): boolean => address.startsWith('fe80:');
/** One socket an interface and family; of IPv6 the link's own address, which every interface has. */
const isOutlet = (link: Link): boolean => !isIpv6Link(link) || isLinkLocal(link);
const keyOf = ({ name, address }: Link): string => `${name} ${address}`;

/**
 * A socket for each interface, since a socket sends to a group, or to everybody, by one interface
 * alone. Interfaces come and go.
 */
export class Outlets implements AsyncDisposable {
  readonly #options: OutletsOptions;
  readonly #outlets = new Map<string, Outlet>();

  constructor(options: OutletsOptions) {
    this.#options = options;
  }

  /** Opens what is new and closes what is gone; an interface that can't be used is left out. */
  async follow(links: readonly Link[]): Promise<void> {
    const wanted = new Map(links.filter(isOutlet).map((link) => [keyOf(link), link]));
    for (const [key, { socket }] of this.#outlets)
      if (!wanted.has(key)) {
        this.#outlets.delete(key);
        socket.close();
      }
    for (const [key, link] of wanted) {
      if (this.#outlets.has(key)) continue;
      const socket = await this.#open(link);
      if (socket !== undefined) this.#outlets.set(key, { socket, link });
    }
  }

  /** Sends to every group by every interface. */
  multicast(datagram: Uint8Array): void {
    for (const { socket, link } of this.#outlets.values())
      for (const group of this.#options.groups)
        if (isIPv6(group) === isIpv6Link(link)) this.#send(socket, datagram, group);
  }

  /** Sends to everybody: 255.255.255.255 and each interface's directed broadcast address. */
  broadcast(datagram: Uint8Array): void {
    for (const { socket, link } of this.#outlets.values()) {
      if (link.broadcast === undefined) continue;
      this.#send(socket, datagram, '255.255.255.255');
      this.#send(socket, datagram, link.broadcast);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = [...this.#outlets.values()].map(
      ({ socket }) => new Promise<void>((done) => socket.close(done)),
    );
    this.#outlets.clear();
    await Promise.all(closed);
  }

  async #open(link: Link): Promise<Socket | undefined> {
    const { ttl, loopback, onError } = this.#options;
    const socket = createSocket(isIpv6Link(link) ? 'udp6' : 'udp4');
    try {
      socket.bind({ address: isIpv6Link(link) ? `${link.address}%${link.name}` : link.address });
      await once(socket, 'listening');
      socket.setMulticastInterface(isIpv6Link(link) ? `::%${link.name}` : link.address);
      socket.setMulticastTTL(ttl);
      socket.setMulticastLoopback(loopback);
      if (!isIpv6Link(link)) socket.setBroadcast(true);
    } catch (error) {
      socket.close();
      onError(error as Error);
      return undefined;
    }
    socket.on('error', onError);
    // Nobody is answered here: answers go to the port of discovery.
    socket.on('message', () => {});
    return socket;
  }

  #send(socket: Socket, datagram: Uint8Array, address: string): void {
    socket.send(datagram, this.#options.port, address, (error) => {
      if (error) this.#options.onError(error);
    });
  }
}
