import accepts from 'accepts';
import type { FastifyRequest } from 'fastify';

/** What answers can be made of, in the order in which they are offered. */
const media = {
  text: 'text/plain',
  html: 'text/html',
  json: 'application/json',
  problem: 'application/problem+json',
  ndjson: 'application/x-ndjson',
  sse: 'text/event-stream',
} as const;
export type Medium = keyof typeof media;

const names = Object.fromEntries(
  Object.entries(media).map(([name, type]) => [type, name]),
) as Record<string, Medium>;

/** Which of the media offered a client likes best (RFC 9110 §12.5.1); the first when it says nothing, or likes none. */
export const liked = <M extends Medium>({ raw }: FastifyRequest, ...offered: [M, ...M[]]): M => {
  const type = accepts(raw).type(offered.map((it) => media[it]));
  return typeof type === 'string' ? (names[type] as M) : offered[0];
};
