import { isProblem, type Problem, problem } from '@partyline/protocol';
import { addressBlock, plainAddress, readTicket, type UploadTicket } from '@partyline/service';
import type { FastifyRequest } from 'fastify';
import { type Visitor, visitorOf } from './visitor.ts';

/** Who shares a file, and where it comes from as quotas count it. */
export type Sharer = { readonly place: string; readonly address: string } & (
  | { readonly as: 'visitor'; readonly visitor: Visitor }
  /** Somebody on another wire, who was given a ticket there. */
  | { readonly as: 'session'; readonly ticket: UploadTicket }
);

/**
 * Who a request shares files for: the session of a ticket by `Authorization: Bearer` (RFC 6750),
 * else a visitor.
 */
export type SharerOf = (request: FastifyRequest) => Sharer | Problem;

export const createSharerOf =
  (key: string, now: () => number): SharerOf =>
  (request) => {
    const address = plainAddress(request.ip);
    const place = addressBlock(address);
    const [, bearer] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
    if (bearer !== undefined) {
      const ticket = readTicket(bearer, key, now());
      return ticket === undefined
        ? problem('ticket-bad')
        : { as: 'session', ticket, address, place };
    }
    const visitor = visitorOf(request);
    return isProblem(visitor) ? visitor : { as: 'visitor', visitor, address, place };
  };
