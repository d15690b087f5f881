import { type Kept, openKept } from './kept.ts';

/** Who a client is to be, and what it keeps, if it can keep anything. */
export type Claim = {
  /** Nicks to try, the likeliest first. */
  readonly nicks: readonly string[];
  readonly kept: Kept | undefined;
};

/**
 * Claims, of the nicks to try at a server, the first that no other client of this user has: a second
 * client of somebody is somebody else. When others have all of them, nothing is kept. Throws when
 * nothing can be kept in the folder.
 */
export const claim = (folder: string, server: string, nicks: readonly string[]): Claim => {
  for (const [index, nick] of nicks.entries()) {
    const kept = openKept(folder, `${server}\n${nick}`);
    if (kept !== undefined) return { nicks: nicks.slice(index), kept };
  }
  return { nicks, kept: undefined };
};
