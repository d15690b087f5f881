import type { Role } from '@partyline/protocol';

/** What somebody is in a room, the console being whoever holds the admin API's token. */
export type Rank = Role | 'console';

/** From the least to the most. */
const ranks: readonly Rank[] = ['member', 'moderator', 'owner', 'operator', 'console'];

/** Who may do what: the least rank that each deed takes. */
const least = {
  remove: 'moderator',
  ban: 'moderator',
  unban: 'moderator',
  bans: 'moderator',
  mute: 'moderator',
  unmute: 'moderator',
  slow: 'moderator',
  /** Of what others said. */
  delete: 'moderator',
  /** Which names are watched for the room. */
  watch: 'moderator',
  unwatch: 'moderator',
  role: 'owner',
  configure: 'owner',
  invite: 'owner',
} as const satisfies Record<string, Rank>;

export type Deed = keyof typeof least;

export const isAtLeast = (rank: Rank, other: Rank): boolean =>
  ranks.indexOf(rank) >= ranks.indexOf(other);

/** What the rank for a deed is, when this one isn't enough. */
export const lacking = (rank: Rank, deed: Deed): (typeof least)[Deed] | undefined =>
  isAtLeast(rank, least[deed]) ? undefined : least[deed];

/** Whether somebody may do something to somebody else: only to people below. Nobody is below oneself. */
export const isBelow = (whom: Rank, who: Rank): boolean => !isAtLeast(whom, who);

/** Whether somebody may give a role: none above one's own. */
export const mayGive = (who: Rank, role: Role): boolean => isAtLeast(who, role);

/** The higher of two. */
export const higher = <R extends Rank>(a: R, b: R): R => (isAtLeast(a, b) ? a : b);
