import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Problem, problemDocument, problems } from '@partyline/protocol';

/** Seconds after which somebody who found the line full or away may try again. */
const RETRY_AFTER_SECONDS = 5;

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
};

const answerOf = (it: Problem): Answer => {
  const { status } = problems[it.code];
  const body = JSON.stringify(problemDocument(it));
  return {
    status,
    body,
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
      ...(status === 503 && { 'Retry-After': RETRY_AFTER_SECONDS }),
    },
  };
};

/** Refuses an upgrade (RFC 9457), and closes its socket. */
export const refuseUpgrade = (socket: Duplex, it: Problem): void => {
  const { status, headers, body } = answerOf(it);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

/** Refuses a request. */
export const refuseRequest = (response: ServerResponse, it: Problem): void => {
  const { status, headers, body } = answerOf(it);
  response.writeHead(status, headers).end(body);
};
