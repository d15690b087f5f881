import { isPrivateAddress } from './address.ts';
import { type Answer, isAbsent } from './answer.ts';
import type { SystemNames } from './system-names.ts';

/** Why the system's resolver and DNS say different things, where it can be known. */
export type Why =
  /** The hosts file has the name. */
  | 'hosts-file'
  /** The system tried the name within its search domains. */
  | 'search-domain'
  /** The name is one that RFC 6761 has resolved without DNS. */
  | 'localhost'
  /** The name is one that multicast DNS resolves. */
  | 'mdns'
  /** One says an address of a private network, the other a public one. */
  | 'split-horizon'
  /** Both know public addresses, but not the same: addresses in turn, or an old answer in a cache. */
  | 'rotation-or-cache'
  /** DNS could not be asked; the system knew without it, or asked other servers. */
  | 'dns-failing'
  /** The system's resolver could not find out. */
  | 'system-failing';

export type Comparison =
  | { readonly differs: false }
  | { readonly differs: true; readonly why?: Why };

const differs = (why?: Why): Comparison => ({ differs: true, ...(why !== undefined && { why }) });

const recordsOf = (answers: readonly Answer[]): ReadonlySet<string> =>
  new Set(answers.flatMap((it) => (it.result === 'found' ? it.records : [])));

/**
 * Compares what the system's resolver said of a name's addresses with what DNS said. The system is
 * told by what it reads: a hosts file, search domains.
 */
export const compare = (
  name: string,
  lookup: Answer,
  resolve: readonly Answer[],
  system: SystemNames,
): Comparison => {
  const bySystem = recordsOf([lookup]);
  const byDns = recordsOf(resolve);
  if (bySystem.size === 0 && byDns.size === 0) return { differs: false };
  if (bySystem.size === byDns.size && bySystem.isSubsetOf(byDns)) return { differs: false };

  if (bySystem.size > 0) {
    const inFile = system.hosts.get(name);
    if (inFile !== undefined && bySystem.isSubsetOf(inFile)) return differs('hosts-file');
    if (name === 'localhost' || name.endsWith('.localhost')) return differs('localhost');
    if (name.endsWith('.local')) return differs('mdns');
    if (byDns.size === 0 && resolve.every(isAbsent))
      return differs(
        !name.includes('.') && system.searchDomains.length > 0 ? 'search-domain' : undefined,
      );
    if (!resolve.every((it) => it.result === 'found' || isAbsent(it)))
      return differs('dns-failing');
  } else if (!isAbsent(lookup)) return differs('system-failing');
  else return differs();

  const anyPrivate = [bySystem, byDns].map((records) => [...records].some(isPrivateAddress));
  return differs(anyPrivate[0] === anyPrivate[1] ? 'rotation-or-cache' : 'split-horizon');
};
