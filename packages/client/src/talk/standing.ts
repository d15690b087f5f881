import type { RoomAnswer } from '../line/room-frames.ts';
import { nickKey, roomKey, sameNick } from './conversation.ts';
import { change, type Talk } from './talk.ts';

/** What one may do is to be asked for again: one is somebody else now, or may do more or less everywhere. */
export const forgetStandings = (talk: Talk): Talk => {
  const conversations = new Map(
    [...talk.conversations].map(([key, it]) => [key, { ...it, standing: undefined }]),
  );
  return { ...talk, conversations };
};

/** Stands for a room where the whole server is meant. */
const EVERYWHERE = '*';

/** How a room is run changed, or was asked for. */
export const standing = (
  talk: Talk,
  frame: Extract<RoomAnswer, { readonly type: 'configure' | 'slow' | 'role' }>,
): Talk => {
  if (frame.room === EVERYWHERE) return forgetStandings(talk);
  return change(talk, roomKey(frame.room), (it) => {
    switch (frame.type) {
      case 'configure': {
        const { type: _, room: _room, ...now } = frame;
        if (!('by' in now)) return { ...it, standing: now };
        const { by: _by, ...settings } = now;
        return { ...it, standing: it.standing && { ...it.standing, ...settings } };
      }
      case 'slow':
        return { ...it, standing: it.standing && { ...it.standing, slowMs: frame.ms } };
      case 'role': {
        const { nickname, role } = frame;
        const own = sameNick(nickname, talk.me)
          ? it.standing && { ...it.standing, role }
          : it.standing;
        return { ...it, standing: own, roles: new Map(it.roles).set(nickKey(nickname), role) };
      }
    }
  });
};
