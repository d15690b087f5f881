import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { type Asked, type Reply, readReply, writeQuestion } from './message.ts';
import type { DnsServer } from './server.ts';

/** A datagram may be lost: the question is asked again after so long. */
const AGAIN_MS = 800;

/**
 * Asks over UDP. The socket is connected, from a port of its own: the kernel drops what others send,
 * and tells when nobody listens there. Datagrams that are no answer to the question are not heard.
 * Rejects with the socket's error, or when the signal says that it took too long.
 */
export const askOverUdp = async (
  { address, port }: DnsServer,
  asked: Asked,
  signal: AbortSignal,
): Promise<Reply> => {
  signal.throwIfAborted();
  const query = writeQuestion(asked);
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const send = () => socket.send(query, (error) => error && reject(error));
  const givenUp = () => reject(signal.reason);
  signal.addEventListener('abort', givenUp);
  socket.on('error', reject);
  socket.on('message', (bytes) => {
    const reply = readReply(bytes, asked);
    if (reply !== undefined) resolve(reply);
  });
  socket.connect(port, address, send);
  const again = setInterval(send, AGAIN_MS);
  try {
    return await promise;
  } finally {
    clearInterval(again);
    signal.removeEventListener('abort', givenUp);
    socket.close();
  }
};
