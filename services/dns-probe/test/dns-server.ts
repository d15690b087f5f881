import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What the server says to a question: addresses, a response code (RFC 1035 §4.1.1), or nothing. */
export type Reply =
  | { readonly addresses: readonly string[] }
  | { readonly rcode: number }
  | 'silence';

const TYPES: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA', 16: 'TXT' };

const readQuestion = (query: Buffer) => {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = query.readUInt16BE(at + 1);
  return { name: labels.join('.'), type: TYPES[type] ?? String(type), end: at + 5 };
};

const write = (query: Buffer, end: number, rcode: number, addresses: readonly string[]): Buffer => {
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180 | rcode, 2);
  header.writeUInt16BE(addresses.length, 6);
  header.fill(0, 8, 12);
  const answers = addresses.map((address) =>
    // The name (a pointer to the question's), type A, class IN, a TTL of 60 s, four bytes.
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([header, query.subarray(12, end), ...answers]);
};

/** A DNS server of a test's own, on loopback. */
export const startDnsServer = async (
  reply: (name: string, type: string) => Reply,
): Promise<AsyncDisposable & { readonly address: string }> => {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    const said = reply(name, type);
    if (said === 'silence') return;
    const { rcode, addresses } = { rcode: 0, addresses: [], ...said };
    socket.send(write(query, end, rcode, addresses), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    [Symbol.asyncDispose]: () => new Promise((done) => socket.close(() => done())),
  };
};
