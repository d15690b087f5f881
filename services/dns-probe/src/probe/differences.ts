import { isIPv4 } from 'node:net';
import type {
  ProbeAnswer as Answer,
  ProbeDifference as Difference,
  ServerAnswer,
  ServersWhy,
  SystemWhy,
} from '@partyline/protocol';
import { isPrivateAddress } from './address.ts';
import { isAbsent } from './answer.ts';
import type { Subject } from './subject.ts';
import type { SystemNames } from './system-names.ts';

const recordsOf = (answers: readonly Answer[]): ReadonlySet<string> =>
  new Set(answers.flatMap((it) => (it.result === 'found' ? it.records : [])));

const areEqual = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && a.isSubsetOf(b);

const anyPrivate = (records: ReadonlySet<string>): boolean => [...records].some(isPrivateAddress);

/** What the hosts file says of a name, or of an address. */
const inHosts = ({ name, address }: Subject, { hosts }: SystemNames): ReadonlySet<string> => {
  if (address === undefined) return hosts.get(name) ?? new Set();
  const names = hosts.entries().filter(([, addresses]) => addresses.has(address));
  return new Set(names.map(([it]) => it));
};

const isOneFamily = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean => {
  const [first] = some;
  if (first === undefined) return false;
  const sameFamily = [...all].filter((it) => isIPv4(it) === isIPv4(first));
  return sameFamily.length < all.size && areEqual(some, new Set(sameFamily));
};

/**
 * Compares what the system said with what each DNS server said (a list of answers a server). The
 * system is told by what it reads: a hosts file, search domains.
 */
export const fromServers = (
  subject: Subject,
  system: Answer,
  servers: readonly (readonly Answer[])[],
  reads: SystemNames,
): Difference | undefined => {
  const answers = servers.flat();
  const [bySystem, byDns] = [recordsOf([system]), recordsOf(answers)];
  if (bySystem.size === 0 && byDns.size === 0) return undefined;
  if (servers.some((it) => areEqual(bySystem, recordsOf(it)))) return undefined;

  const because = (why?: SystemWhy): Difference => ({
    between: 'system-and-servers',
    ...(why !== undefined && { why }),
  });
  const { name } = subject;
  if (bySystem.size === 0) return because(isAbsent(system) ? undefined : 'system-failing');
  if (bySystem.isSubsetOf(inHosts(subject, reads))) return because('hosts-file');
  if (name === 'localhost' || name.endsWith('.localhost')) return because('localhost');
  if (name.endsWith('.local')) return because('mdns');
  if (byDns.size === 0 && answers.every(isAbsent)) {
    const isSearched = !name.includes('.') && reads.searchDomains.length > 0;
    return because(isSearched ? 'search-domain' : undefined);
  }
  if (byDns.size === 0) return because('dns-failing');
  if (isOneFamily(bySystem, byDns)) return because('one-family');
  if (!answers.every((it) => it.result === 'found' || isAbsent(it))) return because('dns-failing');
  return because(
    anyPrivate(bySystem) === anyPrivate(byDns) ? 'rotation-or-cache' : 'split-horizon',
  );
};

const isSure = (it: Answer): boolean => it.result === 'found' || isAbsent(it);

const whyBetween = (answers: readonly ServerAnswer[]): ServersWhy | undefined => {
  const sets = answers.map((it) => recordsOf([it]));
  const privacy = new Set(sets.filter((it) => it.size > 0).map(anyPrivate));
  if (privacy.size > 1) return 'split-horizon';
  const serials = new Set(answers.flatMap((it) => it.serial ?? []));
  const isZone = answers.map((it) => it.flags?.includes('aa') ?? false);
  if (serials.size > 1 && !isZone.includes(false)) return 'zone-lag';
  if (serials.size > 1 || new Set(isZone).size > 1) return 'stale-cache';
  return sets.every((it) => it.size > 0) ? 'rotation-or-cache' : undefined;
};

/** Compares what servers said to the same question. */
export const amongServers = (
  type: string,
  answers: readonly ServerAnswer[],
): Difference | undefined => {
  const sure = answers.filter(isSure);
  const between = { between: 'servers', type } as const;
  if (sure.length > 0 && sure.length < answers.length) return { ...between, why: 'server-failing' };
  const [first, ...others] = sure;
  const isSame = (it: ServerAnswer): boolean =>
    first !== undefined &&
    it.result === first.result &&
    areEqual(recordsOf([it]), recordsOf([first]));
  if (others.every(isSame)) return undefined;
  const why = whyBetween(sure);
  return { ...between, ...(why !== undefined && { why }) };
};
