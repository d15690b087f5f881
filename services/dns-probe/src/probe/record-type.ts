import { type Problem, problem, type RecordType, recordTypes } from '@partyline/protocol';
import type { CaaData, MxData, NaptrData, SoaData, SrvData } from 'dns-packet';

const byteCode = (byte: number): string => `\\${String(byte).padStart(3, '0')}`;

/** Bytes of strangers: on one line, as zone files write them (RFC 1035 §5.1). */
const quoted = (bytes: string | Uint8Array): string => {
  const letters = Buffer.from(bytes).toString('latin1').replace(/["\\]/g, '\\$&');
  return `"${letters.replace(/[^\x20-\x7e]/g, (it) => byteCode(it.charCodeAt(0)))}"`;
};

/** A name as zone files write it. */
export const writeName = (name: string): string =>
  Buffer.from(name)
    .toString('latin1')
    .replace(/[^\x21-\x7e]/g, (it) => byteCode(it.charCodeAt(0)));

const texts = (strings: string | Buffer | readonly (string | Buffer)[]): string =>
  [strings].flat().map(quoted).join(' ');

/** How a record of each type is written, after the fashion of zone files. */
const writers = {
  A: writeName,
  AAAA: writeName,
  CAA: (it: CaaData) => `${it.flags ?? 0} ${writeName(it.tag)} ${quoted(it.value)}`,
  CNAME: writeName,
  MX: (it: MxData) => `${it.preference} ${writeName(it.exchange)}`,
  NAPTR: (it: NaptrData) =>
    [
      ...[it.order, it.preference, quoted(it.flags), quoted(it.services)],
      ...[quoted(it.regexp), writeName(it.replacement)],
    ].join(' '),
  NS: writeName,
  PTR: writeName,
  SOA: (it: SoaData) =>
    [
      ...[writeName(it.mname), writeName(it.rname), it.serial],
      ...[it.refresh, it.retry, it.expire, it.minimum],
    ].join(' '),
  SRV: (it: SrvData) => `${it.priority} ${it.weight} ${it.port} ${writeName(it.target)}`,
  TXT: texts,
} as const satisfies Record<RecordType, unknown>;

/** The types that the system's resolver is asked for beside DNS. */
export const addressTypes: readonly RecordType[] = ['A', 'AAAA'];

/** A record's data, of the shape that dns-packet gives it, on one line. */
export const writeRecord = (type: RecordType, data: unknown): string => {
  const write = writers[type] as (data: unknown) => string;
  return write(data);
};

/** The types that a question names; undefined when it names none. */
export const readTypes = (
  text: string | undefined,
): readonly RecordType[] | undefined | Problem => {
  if (text === undefined || text === '') return undefined;
  const types = text.toUpperCase().split(/[+,]/);
  const unknown = types.find((type) => !Object.hasOwn(writers, type));
  if (unknown === undefined) return [...new Set(types)] as RecordType[];
  return problem('dns-type-unknown', {
    type: unknown.slice(0, 16),
    types: recordTypes.join(', '),
  });
};
