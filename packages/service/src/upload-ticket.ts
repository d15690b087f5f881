import { createHmac, timingSafeEqual } from 'node:crypto';

/** What lets whoever holds it share files in one place, in the name of a session. */
export type UploadTicket = {
  readonly session: string;
  /** What it was called when it was given the ticket. */
  readonly nick: string;
  /** A room, or `@NICK`. */
  readonly room: string;
  /** Until when it is good, in milliseconds since the Unix epoch. */
  readonly until: number;
};

const signatureOf = (body: string, key: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['partyline upload', body]))
    .digest('base64url');

/** A ticket as it is handed out: `TICKET.SIGNATURE`. The key is the bus's secret. */
export const signTicket = (ticket: UploadTicket, key: string): string => {
  const body = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${body}.${signatureOf(body, key)}`;
};

/** The ticket that a text is; undefined when it isn't signed with the key, or has run out. */
export const readTicket = (text: string, key: string, now: number): UploadTicket | undefined => {
  const [body = '', signature = '', ...more] = text.split('.');
  const expected = signatureOf(body, key);
  if (more.length > 0 || signature.length !== expected.length) return undefined;
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;
  const ticket = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as UploadTicket;
  return ticket.until >= now ? ticket : undefined;
};
