import { networkInterfaces } from 'node:os';
import type { Outlets } from './announce/outlets.ts';
import { type Link, linksOf } from './links.ts';
import { type LocalNetwork, localNetwork } from './local-network.ts';
import type { Sockets } from './sockets.ts';

/** How often it is looked which networks this machine is in. */
const LOOK_MS = 2_000;

/** The networks that this machine is in, whichever come and go. */
export interface Networks extends Disposable {
  local(): LocalNetwork;
}

/** Hears groups, and sends to everybody, on every network from now on. */
export const followNetworks = async ({
  sockets,
  outlets,
  groups,
  onLinks,
}: {
  readonly sockets: Pick<Sockets, 'port' | 'join'>;
  readonly outlets: Pick<Outlets, 'follow'>;
  readonly groups: readonly string[];
  /** Told what was found, each time it was looked. */
  readonly onLinks: (links: readonly Link[]) => void;
}): Promise<Networks> => {
  let local: LocalNetwork;
  const look = async (): Promise<void> => {
    const links = linksOf(networkInterfaces());
    local = localNetwork(sockets.port, links);
    sockets.join(groups, links);
    onLinks(links);
    await outlets.follow(links);
  };
  await look();
  const timer = setInterval(() => void look(), LOOK_MS);
  return { local: () => local, [Symbol.dispose]: () => clearInterval(timer) };
};
