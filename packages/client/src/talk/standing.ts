import type { RoomAnswer } from '../line/room-frames.ts';
import { nickKey, roomKey, sameNick } from './conversation.ts';
import { change, type Talk } from './talk.ts';

/** How a room is run changed, or was asked for. */
export const standing = (
  talk: Talk,
  frame: Extract<RoomAnswer, { readonly type: 'configure' | 'slow' | 'role' }>,
): Talk =>
  change(talk, roomKey(frame.room), (it) => {
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
