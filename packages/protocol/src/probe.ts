/** What a question about a name came to when nothing was found. */
export const probeFailures = [
  /** The name doesn't exist. */
  'nxdomain',
  /** The name exists, without a record of this type. */
  'no-data',
  'servfail',
  'refused',
  'timeout',
  'unreachable',
  /** The name is an alias that leads back to itself. */
  'alias-loop',
  /** The system's resolver has nothing; it doesn't tell no such name from no such record. */
  'not-found',
  /** The system's resolver could not find out; it doesn't tell why. */
  'temporary',
  /** Too many names were being looked up at that time. */
  'busy',
  'failed',
] as const;
export type ProbeFailure = (typeof probeFailures)[number];

type Outcome =
  | {
      readonly result: 'found';
      readonly records: readonly string[];
      /** How many more are addresses of private networks, which aren't told. */
      readonly hidden?: number;
    }
  | { readonly result: ProbeFailure };

/** The answer of one resolver to one question, and how long it took. */
export type ProbeAnswer = Outcome & { readonly ms: number };

/** What the system's resolver said. */
export type SystemAnswer = ProbeAnswer & {
  /** Of two families of addresses, the one that it puts first, and programs try first. */
  readonly first?: 'IPv4' | 'IPv6';
};

/** Authoritative; recursion offered; validated with DNSSEC by the server. */
export type DnsFlag = 'aa' | 'ra' | 'ad';

/** What a DNS server said. */
export type ServerAnswer = ProbeAnswer & {
  /** The seconds that it may be kept: of records, or of the word that there are none. */
  readonly ttl?: number;
  /** The names that the name leads to by aliases, the last of which has the records. */
  readonly aliases?: readonly string[];
  readonly flags?: readonly DnsFlag[];
  /** Of the zone's SOA record, when it was told. */
  readonly serial?: number;
  readonly via?: 'udp' | 'tcp';
  /** It was asked a while ago, and may still be kept. */
  readonly cached?: true;
};

/** Why the system's resolver and DNS servers say different things. */
export type SystemWhy =
  /** The hosts file has the name. */
  | 'hosts-file'
  /** The system tried the name within its search domains. */
  | 'search-domain'
  /** The name is one that RFC 6761 has resolved without DNS. */
  | 'localhost'
  /** The name is one that multicast DNS resolves. */
  | 'mdns'
  /** DNS has addresses of both families; the system leaves one out that it can't reach. */
  | 'one-family'
  /** One says an address of a private network, the other a public one. */
  | 'split-horizon'
  /** Both know public addresses, but not the same: addresses in turn, or an old answer in a cache. */
  | 'rotation-or-cache'
  /** DNS could not be asked; the system knew without it, or asked other servers. */
  | 'dns-failing'
  /** The system's resolver could not find out. */
  | 'system-failing';

/** Why DNS servers say different things. */
export type ServersWhy =
  /** Some could not say. */
  | 'server-failing'
  | 'split-horizon'
  /** Their copies of the zone are of different age. */
  | 'zone-lag'
  /** One has the zone, the other remembers what it said once. */
  | 'stale-cache'
  | 'rotation-or-cache';

/** Two who say different things, and why, where it can be known. */
export type ProbeDifference =
  | { readonly between: 'system-and-servers'; readonly why?: SystemWhy }
  | { readonly between: 'servers'; readonly type: string; readonly why?: ServersWhy };

/** What dns-probe found out about a name: `GET /probe?name=example.org`. */
export type ProbeReport = {
  /** As DNS was asked for it: IDNA, lower case, without the last dot. */
  readonly name: string;
  /** The address whose name was asked for. */
  readonly address?: string;
  /** The system's answer, to a question for addresses or for the name of one. */
  readonly lookup?: SystemAnswer;
  /** The answers of DNS servers, by type and then by server. */
  readonly resolve: readonly ({ readonly type: string; readonly server: string } & ServerAnswer)[];
  readonly differences: readonly ProbeDifference[];
};
