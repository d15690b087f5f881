import { isPairRoom, type ServerFrame } from '@partyline/client';
import { t } from '../text/locale.ts';

/** Requests that the page makes by itself, and whose refusal nobody needs to read. */
const quiet = new Set(['typing', 'history', 'list', 'rooms', 'ping']);

/**
 * What to tell the reader of an answer, if anything. `wanted` has the kinds of lists that were asked
 * for by a command; it loses the one that is told.
 */
export const answerText = (frame: ServerFrame, wanted: Set<string>): string | undefined => {
  switch (frame.type) {
    case 'error':
      return quiet.has(frame.of ?? '') ? undefined : frame.message;
    case 'rename':
      return t('nowCalled', { nick: frame.nickname });
    case 'registered':
    case 'identified':
      return t(frame.type, { nick: frame.nickname });
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
    default:
      return undefined;
  }
};
