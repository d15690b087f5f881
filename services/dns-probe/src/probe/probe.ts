import {
  isProblem,
  type ProbeAnswer,
  type ProbeReport,
  type Problem,
  problem,
  type RecordType,
  type ServerAnswer,
  type SystemAnswer,
} from '@partyline/protocol';
import { type DnsServer, readServer } from '../dns/server.ts';
import { isPrivateAddress, type PrivateAddresses } from './address.ts';
import { amongServers, fromServers } from './differences.ts';
import { addressTypes, readTypes } from './record-type.ts';
import type { AskServer } from './servers.ts';
import { readGuarded, type Subject } from './subject.ts';
import type { System } from './system.ts';
import type { SystemNames } from './system-names.ts';

/** What somebody asks, as they wrote it. */
export type Question = {
  /** A name or an address. */
  readonly name: string;
  readonly type?: string;
  /** The servers to ask; those that are always asked when none is named. */
  readonly servers?: readonly string[];
  /** Whoever asks runs the server, and may have any DNS server asked. */
  readonly anyServer?: boolean;
};

/** Looks a name up in all ways at once and compares. */
export type Probe = (question: Question) => Promise<ProbeReport | Problem>;

/** Servers that one question can name. */
const SERVERS = 4;

const withoutPrivate = <A extends ProbeAnswer>(answer: A): A => {
  if (answer.result !== 'found') return answer;
  const records = answer.records.filter((it) => !isPrivateAddress(it));
  const hidden = answer.records.length - records.length;
  return hidden === 0 ? answer : { ...answer, records, hidden };
};

const defined = <T>(it: T | undefined): it is T => it !== undefined;

export const createProbe = (options: {
  readonly system: System;
  readonly ask: AskServer;
  /** Asked when a question names none. */
  readonly servers: readonly DnsServer[];
  /** What else a question can name. */
  readonly choices: readonly DnsServer[];
  readonly systemNames: () => Promise<SystemNames>;
  readonly privateAddresses: PrivateAddresses;
}): Probe => {
  const { system, ask, servers, choices, systemNames, privateAddresses } = options;
  const told = <A extends ProbeAnswer>(answer: A): A =>
    privateAddresses === 'show' ? answer : withoutPrivate(answer);
  const known = [...servers, ...choices];

  const serversOf = ({
    servers: names = [],
    anyServer = false,
  }: Question): readonly DnsServer[] | Problem => {
    if (names.length === 0) return servers;
    const found = names.slice(0, SERVERS).map((name) => {
      const at = readServer(name);
      const listed = known.find(
        (it) => it.name === name || (it.address === at?.address && it.port === at.port),
      );
      return listed ?? (anyServer ? at : undefined);
    });
    if (found.every(defined) && names.length <= SERVERS) return [...new Set(found)];
    return problem('dns-server-refused', { servers: known.map((it) => it.name).join(', ') });
  };

  /** Answers that differ, with the age of each server's copy of the zone. */
  const withSerials = (
    asked: readonly DnsServer[],
    name: string,
    answers: readonly ServerAnswer[],
  ): Promise<readonly ServerAnswer[]> =>
    Promise.all(
      answers.map(async (answer, i) => {
        const server = asked[i];
        if (answer.serial !== undefined || server === undefined) return answer;
        const { serial } = await ask(server, name, 'SOA');
        return serial === undefined ? answer : { ...answer, serial };
      }),
    );

  const askAll = async (asked: readonly DnsServer[], name: string, type: RecordType) => {
    const said = await Promise.all(asked.map((server) => ask(server, name, type)));
    const isSplit = amongServers(type, said) !== undefined;
    const answers = isSplit ? await withSerials(asked, name, said) : said;
    return { type, answers, difference: amongServers(type, answers) };
  };

  const bySystem = (
    { name, address }: Subject,
    types: readonly RecordType[],
  ): Promise<SystemAnswer> | undefined => {
    if (address !== undefined) return system.nameOf(address);
    const addresses = types.filter((type) => addressTypes.includes(type));
    return addresses.length > 0 ? system.addresses(name, addresses) : undefined;
  };

  return async (question) => {
    const { name: text, type } = question;
    const subject = readGuarded(text, privateAddresses);
    if (isProblem(subject)) return subject;
    const { name, address } = subject;
    const wanted = readTypes(type);
    if (isProblem(wanted)) return wanted;
    const types = wanted ?? (address === undefined ? addressTypes : (['PTR'] as const));
    const asked = serversOf(question);
    if (isProblem(asked)) return asked;

    const [byType, lookup] = await Promise.all([
      Promise.all(types.map((it) => askAll(asked, name, it))),
      bySystem(subject, types),
    ]);
    const compared = byType.filter((it) => it.type === 'PTR' || addressTypes.includes(it.type));
    const byServer = asked.map((_, i) => compared.map(({ answers }) => answers[i]).filter(defined));
    return {
      ...subject,
      ...(lookup !== undefined && { lookup: told(lookup) }),
      resolve: byType.flatMap((it) =>
        it.answers.map((answer, i) => ({
          ...{ type: it.type, server: asked[i]?.name ?? '' },
          ...told(answer),
        })),
      ),
      differences: [
        lookup && fromServers(subject, lookup, byServer, await systemNames()),
        ...byType.map((it) => it.difference),
      ].filter(defined),
    };
  };
};
