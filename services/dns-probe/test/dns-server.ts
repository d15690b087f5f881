import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import packet, { type Answer, type DecodedPacket, type Packet } from 'dns-packet';

/** A record of a test's zone; it may be kept for 60 s when it doesn't say. */
export type ZoneRecord = { readonly name: string; readonly type: string } & {
  readonly data: unknown;
  readonly ttl?: number;
};

/** What the server says to a question. */
export type Reply =
  /** Addresses of the name that was asked for. */
  | { readonly addresses: readonly string[] }
  | {
      readonly records?: readonly ZoneRecord[];
      readonly authorities?: readonly ZoneRecord[];
      /** RFC 1035 §4.1.1. */
      readonly rcode?: number;
      readonly authoritative?: boolean;
      /** Over UDP nothing but word that it doesn't fit. */
      readonly truncated?: boolean;
    }
  /** Whatever bytes, made of the query's. */
  | ((query: Buffer) => readonly Buffer[])
  | 'silence'
  /** Over TCP, the end. */
  | 'hang-up';

const rrs = (records: readonly ZoneRecord[] = []): Answer[] =>
  records.map((it) => ({ ttl: 60, class: 'IN', ...it }) as Answer);

const write = (query: DecodedPacket, reply: Reply, over: 'udp' | 'tcp'): Buffer => {
  if (typeof reply !== 'object') return Buffer.alloc(0);
  const [question] = query.questions ?? [];
  const said =
    'addresses' in reply
      ? {
          records: reply.addresses.map((data) => ({ name: question?.name ?? '', type: 'A', data })),
        }
      : reply;
  const {
    records,
    authorities,
    rcode = 0,
    authoritative = false,
    truncated = false,
  } = said as {
    readonly authorities?: readonly ZoneRecord[];
    readonly rcode?: number;
    readonly authoritative?: boolean;
    readonly truncated?: boolean;
  } & { readonly records?: readonly ZoneRecord[] };
  const isCut = truncated && over === 'udp';
  const flags =
    rcode |
    packet.RECURSION_AVAILABLE |
    (authoritative ? packet.AUTHORITATIVE_ANSWER : 0) |
    (isCut ? packet.TRUNCATED_RESPONSE : 0);
  const message: Packet = {
    ...{ type: 'response', id: query.id, flags, questions: query.questions },
    ...{ answers: isCut ? [] : rrs(records), authorities: isCut ? [] : rrs(authorities) },
  };
  return packet.encode(message);
};

const withLength = (message: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
};

/** Replies to a question that came in `query`, as messages; undefined ends the talk. */
type Say = (query: Buffer, over: 'udp' | 'tcp') => readonly Buffer[] | undefined;

const talk = (socket: Socket, say: Say): void => {
  socket.on('error', () => {});
  socket.on('data', (bytes: Buffer) => {
    const messages = say(bytes.subarray(2), 'tcp');
    if (messages === undefined) socket.end();
    else for (const message of messages) socket.write(withLength(message));
  });
};

/** A DNS server of a test's own, over UDP and TCP on loopback. */
export const startDnsServer = async (
  reply: (name: string, type: string, over: 'udp' | 'tcp') => Reply,
): Promise<AsyncDisposable & { readonly address: string }> => {
  const say: Say = (query, over) => {
    const asked = packet.decode(query);
    const { name = '', type = '' } = asked.questions?.[0] ?? {};
    const said = reply(name, type, over);
    if (said === 'hang-up') return undefined;
    if (said === 'silence') return [];
    return typeof said === 'function' ? said(query) : [write(asked, said, over)];
  };
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket);
    talk(socket, say);
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const address = tcp.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const udp = createSocket('udp4');
  udp.on('message', (query: Buffer, from: RemoteInfo) => {
    for (const message of say(query, 'udp') ?? []) udp.send(message, from.port, from.address);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    address: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise((done) => tcp.close(done)),
        new Promise<void>((done) => udp.close(() => done())),
      ]);
    },
  };
};
