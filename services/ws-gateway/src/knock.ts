import { type Problem, problem } from '@partyline/protocol';
import { isOriginAllowed, type OriginList } from './origin.ts';

/** Who knocks, as far as it decides whether it is let in. */
export type Knock = {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
};

export type KnockRules = {
  readonly origins: OriginList;
  /** Connections at once. */
  readonly maxConnections: number;
};

/** Why somebody is refused while `open` connections are open, or undefined when it is let in. */
export const refusal = (
  { host, origin }: Knock,
  { origins, maxConnections }: KnockRules,
  open: number,
): Problem | undefined => {
  if (!isOriginAllowed(origin, host, origins))
    return problem('origin-refused', { origin: origin ?? '' });
  if (open >= maxConnections) return problem('line-full');
  return undefined;
};
