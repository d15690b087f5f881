import type { ProblemCode } from '@partyline/protocol';
import type { Request } from '../request.ts';

/** What is done for one packet: one of several requests, then more. */
export type Plan = {
  /** Made one after the other, until one is not refused. */
  readonly tries: readonly Request[];
  /** Refusals after which the next is tried; after any other, none is. */
  readonly passOver?: readonly ProblemCode[];
  /** Made one after the other once a try was not refused. */
  readonly afterwards?: readonly Request[];
  /** `afterwards` is made even when every try was refused. */
  readonly anyway?: true;
};

export const planned = (request: Request): Plan => ({ tries: [request] });
