import type { CaaRecord, MxRecord, NaptrRecord, SoaRecord, SrvRecord } from 'node:dns';
import { type Problem, problem } from '@partyline/protocol';

/** Strings of strangers: one line each, as zone files write them (RFC 1035 §5.1). */
const quoted = (text: string): string => {
  const escaped = (char: string): string =>
    [...Buffer.from(char)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('');
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7e]/gu, escaped)}"`;
};

const caa = ({ critical, ...rest }: CaaRecord): string => {
  const [tag = '', value = ''] = Object.entries(rest).find(([key]) => key !== 'type') ?? [];
  return `${critical} ${tag} ${quoted(String(value))}`;
};

const itself = (record: string): string => record;

/** Each type that can be asked for, and how a record of it is written, after the fashion of zone files. */
export const recordTypes = {
  A: itself,
  AAAA: itself,
  CAA: caa,
  CNAME: itself,
  MX: (it: MxRecord) => `${it.priority} ${it.exchange}`,
  NAPTR: (it: NaptrRecord) =>
    [
      ...[it.order, it.preference, quoted(it.flags), quoted(it.service)],
      ...[quoted(it.regexp), it.replacement || '.'],
    ].join(' '),
  NS: itself,
  PTR: itself,
  SOA: (it: SoaRecord) =>
    [it.nsname, it.hostmaster, it.serial, it.refresh, it.retry, it.expire, it.minttl].join(' '),
  SRV: (it: SrvRecord) => `${it.priority} ${it.weight} ${it.port} ${it.name}`,
  TXT: (strings: readonly string[]) => strings.map(quoted).join(' '),
} as const;

export type RecordType = keyof typeof recordTypes;

/** The types that the system's resolver is asked for beside DNS. */
export const addressTypes: readonly RecordType[] = ['A', 'AAAA'];

/** What `Resolver.resolve` gave for a type, a string a record. */
export const writeRecords = (type: RecordType, found: unknown): readonly string[] => {
  const write = recordTypes[type] as (record: unknown) => string;
  return [found].flat().map(write);
};

/** The types that a question names: addresses when it names none. */
export const readTypes = (text: string | undefined): readonly RecordType[] | Problem => {
  if (text === undefined || text === '') return addressTypes;
  const types = text.toUpperCase().split(/[+,]/);
  const unknown = types.find((type) => !Object.hasOwn(recordTypes, type));
  if (unknown === undefined) return [...new Set(types)] as RecordType[];
  return problem('dns-type-unknown', {
    type: unknown.slice(0, 16),
    types: Object.keys(recordTypes).join(', '),
  });
};
