import { type Problem, problem } from '@partyline/protocol';
import { isOriginAllowed, type OriginList } from './origin.ts';

/** The one subprotocol spoken here (RFC 6455 §1.9). */
export const SUBPROTOCOL = 'partyline.v1';

/** Where WebSockets are opened. */
export const paths: readonly string[] = ['/', '/ws'];

/** An upgrade request, as far as it decides whether it is let in. */
export type Knock = {
  /** The request target, query included. */
  readonly url: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The `Sec-WebSocket-Protocol` header. */
  readonly subprotocols: string | undefined;
};

export type AdmissionRules = {
  readonly origins: OriginList;
  /** Connections at once. */
  readonly maxConnections: number;
};

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;

const speaksOurs = (subprotocols: string): boolean =>
  subprotocols.split(',').some((offered) => offered.trim() === SUBPROTOCOL);

/** Why an upgrade is refused while `open` connections are open, or undefined when it is let in. */
export const refusal = (
  { url, host, origin, subprotocols }: Knock,
  { origins, maxConnections }: AdmissionRules,
  open: number,
): Problem | undefined => {
  if (!paths.includes(pathOf(url))) return problem('path-unknown', { path: pathOf(url) });
  if (!isOriginAllowed(origin, host, origins))
    return problem('origin-refused', { origin: origin ?? '' });
  if (subprotocols !== undefined && !speaksOurs(subprotocols))
    return problem('subprotocol-unknown', { spoken: SUBPROTOCOL });
  if (open >= maxConnections) return problem('line-full');
  return undefined;
};
