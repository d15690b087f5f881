import { type Commands, inRoom, wordAndRest } from './command.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

const because = (reason: string): { reason?: string } => (reason === '' ? {} : { reason });

/** `[MINUTES] [WHY]`. */
const lasting = (rest: string): { forMs?: number; reason?: string } => {
  const [, minutes, reason = ''] = /^([1-9]\d{0,7})(?:\s+(.*))?$/s.exec(rest) ?? [];
  return minutes === undefined
    ? because(rest)
    : { forMs: Number(minutes) * MINUTE_MS, ...because(reason) };
};

/** A command about somebody in the room that is open. */
const about = (type: 'unmute' | 'unban' | 'mod' | 'unmod'): Commands[string]['read'] => {
  return (rest, room) => {
    const [nickname] = wordAndRest(rest);
    if (nickname === '') return undefined;
    return inRoom(room, (it) => {
      if (type === 'unban') return { type, room: it, who: rest };
      if (type === 'unmute') return { type, room: it, nickname };
      const role = type === 'mod' ? 'moderator' : 'member';
      return { type: 'role', room: it, nickname, role };
    });
  };
};

/** What moderators ask for. */
export const moderationCommands = {
  kick: {
    usage: '/kick NAME [WHY]',
    purpose: 'aboutKick',
    read: (rest, room) => {
      const [nickname, why] = wordAndRest(rest);
      if (nickname === '') return undefined;
      return inRoom(room, (it) => ({ type: 'kick', room: it, nickname, ...because(why) }));
    },
  },
  mute: {
    usage: '/mute NAME [MINUTES] [WHY]',
    purpose: 'aboutMute',
    read: (rest, room) => {
      const [nickname, more] = wordAndRest(rest);
      if (nickname === '') return undefined;
      return inRoom(room, (it) => ({ type: 'mute', room: it, nickname, ...lasting(more) }));
    },
  },
  unmute: { usage: '/unmute NAME', purpose: 'aboutUnmute', read: about('unmute') },
  ban: {
    usage: '/ban [*] WHO [MINUTES] [WHY]',
    purpose: 'aboutBan',
    read: (rest, room) => {
      const [first, others] = wordAndRest(rest);
      const [who, more] = first === '*' ? wordAndRest(others) : [first, others];
      if (who === '') return undefined;
      const place = first === '*' ? '*' : room;
      return inRoom(place, (it) => ({ type: 'ban', room: it, who, ...lasting(more) }));
    },
  },
  unban: { usage: '/unban WHO', purpose: 'aboutUnban', read: about('unban') },
  bans: {
    usage: '/bans',
    purpose: 'aboutBans',
    read: (_, room) => inRoom(room, (it) => ({ type: 'bans', room: it })),
  },
  slow: {
    usage: '/slow SECONDS',
    purpose: 'aboutSlow',
    read: (rest, room) =>
      inRoom(room, (it) =>
        /^\d{1,4}$/.test(rest)
          ? { type: 'slow', room: it, ms: Number(rest) * SECOND_MS }
          : undefined,
      ),
  },
  mod: { usage: '/mod NAME', purpose: 'aboutMod', read: about('mod') },
  unmod: { usage: '/unmod NAME', purpose: 'aboutUnmod', read: about('unmod') },
  invite: {
    usage: '/invite NAME',
    purpose: 'aboutInvite',
    read: (nickname, room) =>
      inRoom(room, (it) => (nickname === '' ? undefined : { type: 'invite', room: it, nickname })),
  },
  uninvite: {
    usage: '/uninvite NAME',
    purpose: 'aboutUninvite',
    read: (nickname, room) =>
      inRoom(room, (it) =>
        nickname === '' ? undefined : { type: 'invite', room: it, nickname, remove: true },
      ),
  },
} as const satisfies Commands;
