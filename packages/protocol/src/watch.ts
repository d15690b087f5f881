import { Type } from 'typebox';
import { limits } from './limits.ts';
import { ProbeDifference, ProbeFinding, recordTypes } from './probe.ts';
import type { Described } from './static.ts';

/** By whom names are watched that the deployment's settings tell. */
export const BY_SETTINGS = 'settings';

const written = '^[a-z0-9_:-]+([.][a-z0-9_-]+)*$';
/** A name as DNS is asked for it (IDNA, lower case, without the last dot), or an address. */
const WatchedName = Type.String({
  ...{ minLength: 1, maxLength: limits.dnsNameCharacters, pattern: written },
});
const type = `(${recordTypes.join('|')})`;
/** Types of records, `A+MX`; the usual ones when it is empty. */
const WatchedTypes = Type.String({ maxLength: 64, pattern: `^(${type}([+]${type})*)?$` });

/** What is watched, beside the room that is told. */
export const watched = { name: WatchedName, types: WatchedTypes };

/** Whether a text is a name that can be watched, as it is kept. */
export const isWatchedName = (text: string): boolean =>
  text.length <= limits.dnsNameCharacters && new RegExp(written).test(text);

/** How often a watched name is looked up. */
export const WatchInterval = Type.Integer({
  ...{ minimum: limits.watchLeastMs, maximum: limits.watchMostMs },
});

/** All that resolvers say of a name, without what is another each time they are asked. */
export const ProbeState = Type.Object({
  findings: Type.Array(ProbeFinding),
  differences: Type.Array(ProbeDifference),
});
export type ProbeState = Described<typeof ProbeState>;

/** A watched name as lists tell it. */
export const WatchInfo = Type.Object({
  room: Type.String(),
  ...watched,
  everyMs: Type.Integer(),
  /** The nick of whoever began it, or `BY_SETTINGS`; and when. */
  by: Type.String(),
  at: Type.Integer(),
  /** What is so, as far as it is known to last; not there before the name was looked up. */
  state: Type.Optional(ProbeState),
});
export type WatchInfo = Described<typeof WatchInfo>;
