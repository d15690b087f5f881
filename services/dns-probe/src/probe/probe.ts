import { type Problem, problem } from '@partyline/protocol';
import { isPrivateAddress } from './address.ts';
import type { Answer } from './answer.ts';
import { type Comparison, compare } from './compare.ts';
import { readName } from './name.ts';
import { addressTypes, type RecordType, readTypes } from './record-type.ts';
import type { Resolvers } from './resolvers.ts';
import type { SystemNames } from './system-names.ts';

/** What somebody asks, as they wrote it. */
export type Question = {
  readonly name: string;
  readonly type?: string;
  readonly server?: string;
};

/** What a probe found out. */
export type Report = {
  /** The name as DNS was asked for it. */
  readonly name: string;
  readonly resolve: readonly ({ readonly type: RecordType } & Answer)[];
} & ({ readonly lookup?: never } | ({ readonly lookup: Answer } & Comparison));

/** Looks a name up in both ways at once and compares. */
export type Probe = (question: Question) => Promise<Report | Problem>;

/** Probes under way at most: a stranger's flood must not become one of DNS servers. */
const PROBES = 64;

const withoutPrivate = <A extends Answer>(answer: A): A => {
  if (answer.result !== 'found') return answer;
  const records = answer.records.filter((it) => !isPrivateAddress(it));
  const hidden = answer.records.length - records.length;
  return hidden === 0 ? answer : { ...answer, records, hidden };
};

export const createProbe = (options: {
  readonly resolvers: Resolvers;
  readonly systemNames: () => Promise<SystemNames>;
  readonly privateAddresses: 'hide' | 'show';
}): Probe => {
  const { resolvers, systemNames, privateAddresses } = options;
  let probes = 0;
  const told = <A extends Answer>(answer: A): A =>
    privateAddresses === 'show' ? answer : withoutPrivate(answer);

  const ask = async (name: string, types: readonly RecordType[]): Promise<Report> => {
    const resolve = Promise.all(
      types.map(async (type) => ({ type, ...(await resolvers.resolve(name, type)) })),
    );
    if (!types.some((type) => addressTypes.includes(type)))
      return { name, resolve: (await resolve).map(told) };
    const [lookup, byDns] = await Promise.all([resolvers.lookup(name, types), resolve]);
    const addresses = byDns.filter(({ type }) => addressTypes.includes(type));
    const comparison = compare(name, lookup, addresses, await systemNames());
    return { name, lookup: told(lookup), resolve: byDns.map(told), ...comparison };
  };

  return async ({ name: text, type, server }) => {
    if (server !== undefined) return problem('dns-server-refused');
    const name = readName(text);
    if (typeof name !== 'string') return name;
    const types = readTypes(type);
    if ('code' in types) return types;
    if (probes >= PROBES) return problem('line-full');
    probes += 1;
    try {
      return await ask(name, types);
    } finally {
      probes -= 1;
    }
  };
};
