import type { DnsFlag } from '@partyline/protocol';
import packet, { type Answer as AnyRecord, type DecodedPacket } from 'dns-packet';

/** One question to a server (RFC 1035 §4.1.2), of class IN. */
export type Asked = {
  /** By which the answer is known to be to this question; 16 bits, at random. */
  readonly id: number;
  /** As DNS is asked for it: ASCII, lower case, without the last dot. */
  readonly name: string;
  readonly type: string;
};

/** A record as it came, with the seconds that it may be kept. */
export type DnsRecord = {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  /** Of the shape that dns-packet gives records of this type. */
  readonly data: unknown;
};

/** What a server said to a question. */
export type Reply = {
  /** RFC 1035 §4.1.1 and RFC 6895 §2.3: `NOERROR`, `NXDOMAIN`, `SERVFAIL` … */
  readonly rcode: string;
  /** Cut to fit a datagram: the whole is to be had over TCP. */
  readonly truncated: boolean;
  readonly flags: readonly DnsFlag[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
};

/** A question as bytes, which asks the server to find out for us. */
export const writeQuestion = ({ id, name, type }: Asked): Buffer =>
  packet.encode({
    ...{ type: 'query', id, flags: packet.RECURSION_DESIRED },
    questions: [{ name, type: type as 'A', class: 'IN' }],
  });

const lower = (name: string): string => name.toLowerCase();

const isTo = ({ id, name, type }: Asked, it: DecodedPacket): boolean => {
  const [question, ...more] = it.questions ?? [];
  return (
    it.type === 'response' &&
    it.id === id &&
    more.length === 0 &&
    question !== undefined &&
    lower(question.name) === name &&
    question.type === type &&
    question.class === 'IN'
  );
};

const recordsOf = (records: readonly AnyRecord[] = []): readonly DnsRecord[] =>
  records.flatMap((it) =>
    'data' in it && it.class === 'IN'
      ? [{ name: lower(it.name), type: it.type, ttl: it.ttl ?? 0, data: it.data }]
      : [],
  );

const decoded = (bytes: Buffer): DecodedPacket | undefined => {
  try {
    return packet.decode(bytes);
  } catch {
    // Bytes that are no message, or names that point in circles.
    return undefined;
  }
};

/** What bytes say to the question; undefined when they are no answer to it. */
export const readReply = (bytes: Buffer, asked: Asked): Reply | undefined => {
  const it = decoded(bytes);
  if (it === undefined || !isTo(asked, it)) return undefined;
  const flags = { aa: it.flag_aa, ra: it.flag_ra, ad: it.flag_ad };
  return {
    rcode: String('rcode' in it ? it.rcode : 'NOERROR'),
    truncated: it.flag_tc,
    flags: (['aa', 'ra', 'ad'] as const).filter((flag) => flags[flag]),
    answers: recordsOf(it.answers),
    authorities: recordsOf(it.authorities),
  };
};
