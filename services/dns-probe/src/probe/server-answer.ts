import type { ProbeFailure, RecordType, ServerAnswer } from '@partyline/protocol';
import { follow } from '../dns/chain.ts';
import type { Exchange } from '../dns/exchange.ts';
import type { DnsRecord, Reply } from '../dns/message.ts';
import { writeName, writeRecord } from './record-type.ts';

const failures: Readonly<Record<string, ProbeFailure>> = {
  NXDOMAIN: 'nxdomain',
  SERVFAIL: 'servfail',
  REFUSED: 'refused',
};

type Soa = { readonly serial?: number; readonly minimum?: number };

const soaIn = (records: readonly DnsRecord[]): (Soa & { readonly ttl: number }) | undefined => {
  const record = records.find((it) => it.type === 'SOA');
  return record && { ttl: record.ttl, ...(record.data as Soa) };
};

const inWords = (
  name: string,
  type: RecordType,
  { rcode, answers, authorities }: Reply,
): Omit<ServerAnswer, 'ms'> => {
  const { aliases, records, endless } = follow(name, type, answers);
  const along = aliases.length > 0 ? { aliases: aliases.map(writeName) } : {};
  if (endless) return { result: 'alias-loop', ...along };
  const soa = soaIn([...records, ...authorities]);
  const serial = soa?.serial !== undefined ? { serial: soa.serial } : {};
  if (rcode === 'NOERROR' && records.length > 0)
    return {
      ...{ result: 'found', records: records.map((it) => writeRecord(type, it.data)) },
      ...{ ttl: Math.min(...records.map((it) => it.ttl)), ...along, ...serial },
    };
  const result = rcode === 'NOERROR' ? 'no-data' : (failures[rcode] ?? 'failed');
  // RFC 2308 §5: how long it may be kept that there is nothing.
  const ttl = soa && { ttl: Math.min(soa.ttl, soa.minimum ?? soa.ttl) };
  return { result, ...ttl, ...along, ...serial };
};

/** What a server's reply to a question comes to. */
export const serverAnswer = (
  name: string,
  type: RecordType,
  it: Exchange,
  ms: number,
): ServerAnswer => {
  if ('failure' in it) return { result: it.failure, ms };
  const { reply, via } = it;
  return { ...inWords(name, type, reply), flags: reply.flags, via, ms } as ServerAnswer;
};
