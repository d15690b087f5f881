import { connect } from 'node:net';
import { type Asked, type Reply, readReply, writeQuestion } from './message.ts';
import type { DnsServer } from './server.ts';

/** Before each message on a stream stands its length (RFC 1035 §4.2.2). */
const LENGTH_BYTES = 2;

const withLength = (message: Buffer): Buffer => {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
};

/** The first message of a stream, which can't be longer than 65,535 bytes; undefined when it ends before. */
const firstMessage = async (stream: AsyncIterable<Buffer>): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let needed = LENGTH_BYTES;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < needed) continue;
    const got = Buffer.concat(chunks);
    needed = LENGTH_BYTES + got.readUInt16BE();
    if (bytes >= needed) return got.subarray(LENGTH_BYTES, needed);
  }
  return undefined;
};

/**
 * Asks over TCP. Rejects with the socket's error, when the server hangs up or says something else,
 * or when the signal says that it took too long.
 */
export const askOverTcp = async (
  { address, port }: DnsServer,
  asked: Asked,
  signal: AbortSignal,
): Promise<Reply> => {
  const socket = connect({ host: address, port, signal });
  try {
    socket.write(withLength(writeQuestion(asked)));
    const message = await firstMessage(socket);
    const reply = message && readReply(message, asked);
    if (reply === undefined) throw new Error('The server did not answer the question.');
    return reply;
  } finally {
    socket.destroy();
  }
};
