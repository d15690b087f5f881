import type { FastifyRequest } from 'fastify';

/** A client that sends nothing for so long, while it uploads, is gone. */
const STALL_MS = 60_000;

/** Cuts a client off that sends nothing for long while its body is read. */
export const unlessStalled = async <T>(
  { raw }: FastifyRequest,
  read: () => Promise<T>,
): Promise<T> => {
  raw.setTimeout(STALL_MS, () => raw.destroy());
  try {
    return await read();
  } finally {
    raw.setTimeout(0);
  }
};
