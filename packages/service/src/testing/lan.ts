import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

const run = (command: string): void => {
  const { status, stderr, error } = spawnSync('/bin/sh', ['-ec', command], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`);
};

/** Hosts on a network of their own, each in its own network namespace. */
export type Lan = Disposable & {
  /** The command that runs others on a host. */
  on(host: number): readonly string[];
  /** The address of a host. */
  address(host: number): string;
};

/** Why there can't be a LAN here, if so. */
export const lanMissing = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  const name = `plprobe${process.pid}`;
  const { status } = spawnSync('ip', ['netns', 'add', name]);
  if (status !== 0) return 'this machine has no network namespaces (`ip netns`)';
  const { status: linked } = spawnSync('ip', [
    '-n',
    name,
    'link',
    'add',
    'name',
    'br0',
    'type',
    'bridge',
  ]);
  spawnSync('ip', ['netns', 'del', name]);
  return linked === 0 ? undefined : 'this machine has no network bridges';
};

/** Makes a LAN: a bridge in a namespace of its own, and each host with an address and a default route. */
export const createLan = (hosts: number): Lan => {
  const id = `pl${randomInt(36 ** 5).toString(36)}`;
  const bridge = `${id}br`;
  const hostName = (host: number): string => `${id}h${host}`;
  const address = (host: number): string => `10.77.7.${host}`;
  const all = Array.from({ length: hosts }, (_, i) => i + 1);
  const remove = (): void => {
    for (const name of [bridge, ...all.map(hostName)]) spawnSync('ip', ['netns', 'del', name]);
  };
  try {
    run(`
      ip netns add ${bridge}
      ip -n ${bridge} link add name br0 type bridge mcast_snooping 0
      ip -n ${bridge} link set br0 up`);
    for (const host of all)
      run(`
        ip netns add ${hostName(host)}
        ip link add name eth0 netns ${hostName(host)} type veth peer name v${host} netns ${bridge}
        ip -n ${bridge} link set v${host} master br0 up
        ip netns exec ${hostName(host)} sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.eth0.accept_dad=0 || true
        ip -n ${hostName(host)} addr add ${address(host)}/24 brd + dev eth0
        ip -n ${hostName(host)} link set lo up
        ip -n ${hostName(host)} link set eth0 up
        ip -n ${hostName(host)} route add default dev eth0`);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    on: (host) => ['ip', 'netns', 'exec', hostName(host)],
    address,
    [Symbol.dispose]: remove,
  };
};
