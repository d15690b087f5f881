import { EVERYWHERE, limits } from '@partyline/protocol';
import type { Request } from '../request.ts';

const MINUTE_MS = 60_000;
const MOST_MINUTES = limits.restraintMs / MINUTE_MS;
const MOST_SECONDS = limits.slowMs / 1_000;

type Whom = { readonly who: string; readonly reason?: string };
type WhomFor = Whom & { readonly forMs?: number };

/** `NAME [WHY]`. */
const readWhom = (args: string): Whom | undefined => {
  const [, who, reason] = /^(\S+)(?:\s+(.+))?$/s.exec(args) ?? [];
  return who === undefined ? undefined : { who, ...(reason !== undefined && { reason }) };
};

/** `NAME [MINUTES] [WHY]`: a number that comes first is minutes. */
const readWhomFor = (args: string): WhomFor | undefined => {
  const whom = readWhom(args);
  const [, minutes, reason] = /^([1-9]\d{0,8})(?:\s+(.+))?$/s.exec(whom?.reason ?? '') ?? [];
  if (whom === undefined || minutes === undefined) return whom;
  if (Number(minutes) > MOST_MINUTES) return undefined;
  const forMs = Number(minutes) * MINUTE_MS;
  return { who: whom.who, forMs, ...(reason !== undefined && { reason }) };
};

/** `* …` means the whole server, anything else the room that is talked in. */
const readPlace = (args: string): { readonly room?: string; readonly rest: string } => {
  const [, rest] = /^\*\s*(.*)$/s.exec(args) ?? [];
  return rest === undefined ? { rest: args } : { room: EVERYWHERE, rest };
};

/** The commands of moderators; undefined when that is not how one is used. */
export const moderationCommands = {
  kick: (args: string): Request | undefined => {
    const { who: nick, ...why } = readWhom(args) ?? {};
    return nick === undefined ? undefined : { type: 'kick', nick, ...why };
  },
  ban: (args: string): Request | undefined => {
    const { rest, ...place } = readPlace(args);
    const whom = readWhomFor(rest);
    return whom && { type: 'ban', ...whom, ...place };
  },
  unban: (args: string): Request | undefined => {
    const { rest: who, ...place } = readPlace(args);
    return /^\S+$/.test(who) ? { type: 'unban', who, ...place } : undefined;
  },
  bans: (args: string): Request | undefined => {
    const { rest, ...place } = readPlace(args);
    return rest === '' ? { type: 'bans', ...place } : undefined;
  },
  mute: (args: string): Request | undefined => {
    const { who: nick, ...how } = readWhomFor(args) ?? {};
    return nick === undefined ? undefined : { type: 'mute', nick, ...how };
  },
  unmute: (nick: string): Request | undefined =>
    nick === '' ? undefined : { type: 'unmute', nick },
  slow: (args: string): Request | undefined => {
    const seconds = /^\d{1,5}$/.test(args) ? Number(args) : Number.POSITIVE_INFINITY;
    return seconds <= MOST_SECONDS ? { type: 'slow', ms: seconds * 1_000 } : undefined;
  },
  owner: (nick: string): Request | undefined =>
    nick === '' ? undefined : { type: 'role', nick, role: 'owner' },
  mod: (nick: string): Request | undefined =>
    nick === '' ? undefined : { type: 'role', nick, role: 'moderator' },
  unmod: (nick: string): Request | undefined =>
    nick === '' ? undefined : { type: 'role', nick, role: 'member' },
} as const;
