import { type TProperties, Type } from 'typebox';
import { limits } from './limits.ts';
import type { Described } from './static.ts';

/** The types of records that can be asked for. */
export const recordTypes = [
  ...(['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NAPTR', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const),
] as const;
export type RecordType = (typeof recordTypes)[number];

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

/** What a question came to, with what else is told of it. */
const outcomeWith = <Members extends TProperties>(members: Members) =>
  Type.Union([
    Type.Object({
      result: Type.Literal('found'),
      records: Type.Array(Type.String()),
      /** How many more are addresses of private networks, which aren't told. */
      hidden: Type.Optional(Type.Integer({ minimum: 1 })),
      /** How many more are left out where there is no room for all of them. */
      more: Type.Optional(Type.Integer({ minimum: 1 })),
      ...members,
    }),
    Type.Object({ result: Type.Enum([...probeFailures]), ...members }),
  ]);

/** How long an answer took, in milliseconds. */
const ms = Type.Number({ minimum: 0 });

const ProbeAnswer = outcomeWith({ ms });
/** The answer of one resolver to one question, and how long it took. */
export type ProbeAnswer = Described<typeof ProbeAnswer>;

const SystemAnswer = outcomeWith({
  ms,
  /** Of two families of addresses, the one that it puts first, and programs try first. */
  first: Type.Optional(Type.Enum(['IPv4', 'IPv6'])),
});
/** What the system's resolver said. */
export type SystemAnswer = Described<typeof SystemAnswer>;

/** Authoritative; recursion offered; validated with DNSSEC by the server. */
const DnsFlag = Type.Enum(['aa', 'ra', 'ad']);
export type DnsFlag = Described<typeof DnsFlag>;

const serverMembers = {
  ms,
  /** The seconds that it may be kept: of records, or of the word that there are none. */
  ttl: Type.Optional(Type.Integer({ minimum: 0 })),
  /** The names that the name leads to by aliases, the last of which has the records. */
  aliases: Type.Optional(Type.Array(Type.String())),
  flags: Type.Optional(Type.Array(DnsFlag)),
  /** Of the zone's SOA record, when it was told. */
  serial: Type.Optional(Type.Integer({ minimum: 0 })),
  via: Type.Optional(Type.Enum(['udp', 'tcp'])),
  /** It was asked a while ago, and may still be kept. */
  cached: Type.Optional(Type.Literal(true)),
};
const ServerAnswer = outcomeWith(serverMembers);
/** What a DNS server said. */
export type ServerAnswer = Described<typeof ServerAnswer>;

/** Why the system's resolver and DNS servers say different things. */
export const systemWhys = [
  /** The hosts file has the name. */
  'hosts-file',
  /** The system tried the name within its search domains. */
  'search-domain',
  /** The name is one that RFC 6761 has resolved without DNS. */
  'localhost',
  /** The name is one that multicast DNS resolves. */
  'mdns',
  /** DNS has addresses of both families; the system leaves one out that it can't reach. */
  'one-family',
  /** One says an address of a private network, the other a public one. */
  'split-horizon',
  /** Both know public addresses, but not the same: addresses in turn, or an old answer in a cache. */
  'rotation-or-cache',
  /** DNS could not be asked; the system knew without it, or asked other servers. */
  'dns-failing',
  /** The system's resolver could not find out. */
  'system-failing',
] as const;
export type SystemWhy = (typeof systemWhys)[number];

/** Why DNS servers say different things. */
export const serversWhys = [
  /** Some could not say. */
  'server-failing',
  'split-horizon',
  /** Their copies of the zone are of different age. */
  'zone-lag',
  /** One has the zone, the other remembers what it said once. */
  'stale-cache',
  'rotation-or-cache',
] as const;
export type ServersWhy = (typeof serversWhys)[number];

/** Two who say different things, and why, where it can be known. */
export const ProbeDifference = Type.Union([
  Type.Object({
    between: Type.Literal('system-and-servers'),
    why: Type.Optional(Type.Enum([...systemWhys])),
  }),
  Type.Object({
    between: Type.Literal('servers'),
    type: Type.String(),
    why: Type.Optional(Type.Enum([...serversWhys])),
  }),
]);
export type ProbeDifference = Described<typeof ProbeDifference>;

const name = Type.String({ maxLength: limits.dnsNameCharacters });

/** What dns-probe found out about a name: `GET /probe?name=example.org`. */
export const ProbeReport = Type.Object({
  /** As DNS was asked for it: IDNA, lower case, without the last dot. */
  name,
  /** The address whose name was asked for. */
  address: Type.Optional(Type.String()),
  /** The system's answer, to a question for addresses or for the name of one. */
  lookup: Type.Optional(SystemAnswer),
  /** The answers of DNS servers, by type and then by server. */
  resolve: Type.Array(
    outcomeWith({ type: Type.String(), server: Type.String(), ...serverMembers }),
  ),
  differences: Type.Array(ProbeDifference),
});
export type ProbeReport = Described<typeof ProbeReport>;

/** What a resolver said of a name, without what is another each time it is asked; records sorted. */
export const ProbeFinding = outcomeWith({
  /** The type of record that was asked for; the system is asked for addresses of both families. */
  type: Type.Optional(Type.String()),
  /** Whom it is from; the system when it is left out. */
  server: Type.Optional(Type.String()),
  /** Another one means other `hidden` and `more` records: a keyed digest of them. */
  mark: Type.Optional(Type.String()),
});
export type ProbeFinding = Described<typeof ProbeFinding>;

/** How a watched name has changed. */
export const ProbeChange = Type.Object({
  name,
  /** The address whose name it is. */
  address: Type.Optional(Type.String()),
  /** What each resolver said before and says now, where that is another. */
  before: Type.Array(ProbeFinding),
  after: Type.Array(ProbeFinding),
  /** As they are now. */
  differences: Type.Array(ProbeDifference),
});
export type ProbeChange = Described<typeof ProbeChange>;
