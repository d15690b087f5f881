import { isPairRoom, type ServerFrame } from '@partyline/client';
import { t } from '../text/locale.ts';
import { roomText } from './room-answer-text.ts';

/** Requests that the page makes by itself, or whose refusal is told where they were made. */
const quiet = new Set([
  'typing',
  'history',
  'list',
  'rooms',
  'ping',
  'search',
  'upload',
  'commands',
]);

/**
 * What to tell the reader of an answer, if anything. `wanted` has the kinds of lists that were asked
 * for by a command; it loses the one that is told.
 */
export const answerText = (
  frame: ServerFrame,
  wanted: Set<string>,
  me: string,
): string | undefined => {
  switch (frame.type) {
    case 'error':
      return quiet.has(frame.of ?? '') ? undefined : frame.message;
    case 'rename':
      return t('nowCalled', { nick: frame.nickname });
    case 'registered': {
      const { nickname: nick } = frame;
      if (frame.changed === undefined) return t('registered', { nick });
      const { ended, certificates } = frame;
      return t('passwordChanged', { nick, ended, certificates });
    }
    case 'identified':
      return t(frame.type, { nick: frame.nickname });
    case 'away':
      return frame.text ? t('youAreAwayWhy', { text: frame.text }) : t('youAreAway');
    case 'back':
      return t('youAreBack');
    case 'absent':
      return frame.message;
    case 'part':
      return frame.reason === undefined
        ? undefined
        : t('removedFrom', { room: frame.room, reason: frame.reason });
    case 'list':
      if (!wanted.delete('list')) return undefined;
      return t('who', { n: frame.count, names: frame.users.join(', ') });
    case 'rooms': {
      if (!wanted.delete('rooms')) return undefined;
      const rooms = frame.rooms.filter(({ room }) => !isPairRoom(room));
      return t('roomList', {
        rooms: rooms.map(({ room, members }) => `#${room} (${members})`).join(', '),
      });
    }
    case 'kick':
    case 'mute':
    case 'unmute':
    case 'ban':
    case 'unban':
    case 'slow':
    case 'role':
    case 'bans':
    case 'invite':
    case 'invited':
    case 'configure':
      return roomText(frame, wanted, me);
    default:
      return undefined;
  }
};
