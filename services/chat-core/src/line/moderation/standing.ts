import {
  EVERYWHERE,
  type Problem,
  problem,
  type Role,
  reasonText,
  untilText,
} from '@partyline/protocol';
import type { RoomRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import type { Guest } from './bans.ts';

/** What a person is in a room; an operator of the server is one in each. */
export const rankIn = (draft: Draft, room: string, person: string): Role => {
  const { moderation } = draft;
  return moderation.role(EVERYWHERE, person) === 'operator'
    ? 'operator'
    : moderation.role(room, person);
};

/** Why somebody is kept out of a room or (`EVERYWHERE`) off the server. Whoever has a role there isn't. */
export const bannedFrom = (draft: Draft, room: string, who: Guest): Problem | undefined => {
  const ban = draft.moderation.bans.holding(room, who, draft.now);
  if (ban === undefined || rankIn(draft, room, who.person) !== 'member') return undefined;
  const why = { reason: reasonText(ban.reason), until: untilText(ban.until) };
  return room === EVERYWHERE ? problem('banned', why) : problem('room-banned', { room, ...why });
};

/** The same of several rooms that somebody wants into, or is in under another nick; and of the server. */
export const bannedFromAny = (
  draft: Draft,
  rooms: Iterable<string>,
  who: Guest,
): Problem | undefined => {
  for (const room of [EVERYWHERE, ...rooms]) {
    const banned = bannedFrom(draft, room, who);
    if (banned !== undefined) return banned;
  }
  return undefined;
};

/** Why somebody may not speak in a room, or undefined. */
export const mutedIn = (draft: Draft, room: string, person: string): Problem | undefined => {
  const mute = draft.moderation.mute(room, person);
  if (mute === undefined || (mute.until !== null && mute.until <= draft.now)) return undefined;
  const { until, reason } = mute;
  return problem('muted', { room, until: untilText(until), reason: reasonText(reason) });
};

/** Takes somebody's turn in a room with slow mode; a problem when it hasn't come yet. */
export const takeTurn = (
  draft: Draft,
  { room, slowMs }: RoomRow,
  person: string,
): Problem | undefined => {
  if (slowMs === 0 || rankIn(draft, room, person) !== 'member') return undefined;
  const last = draft.moderation.pace(room, person);
  const waitMs = last === undefined ? 0 : last.at + slowMs - draft.now;
  if (waitMs > 0) return problem('slow-mode', { seconds: Math.ceil(waitMs / 1_000) });
  draft.moderation.putPace({ room, person, at: draft.now });
  return undefined;
};
