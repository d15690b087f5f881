import { type DeedFrame, isPairRoom, type ServerFrame } from '@partyline/client';
import type { Locale } from '@partyline/protocol';
import { eventLines } from '../text/event-text.ts';
import type { ScreenTexts } from '../text/screen-texts.ts';
import { moment } from '../text/time.ts';

/** Requests that the client makes by itself, and whose refusal nobody needs to read. */
const quiet = new Set(['typing', 'history', 'ping']);

const deedText = (deed: DeedFrame, texts: ScreenTexts): string => {
  const room = deed.room === '*' ? '*' : `#${deed.room}`;
  switch (deed.type) {
    case 'ban':
    case 'unban':
      return texts.deed[deed.type](deed.who, room);
    case 'slow':
      return texts.deed.slow(String(deed.ms / 1_000), room);
    case 'role':
      return texts.deed.role(`${deed.nickname} ${texts.roles[deed.role] || deed.role}`, room);
    default:
      return texts.deed[deed.type](deed.nickname, room);
  }
};

/**
 * What to tell the reader of an answer, if anything. `wanted` has the kinds of lists that were asked
 * for by a command; it loses the one that is told.
 */
export const answerText = (
  frame: ServerFrame,
  wanted: Set<string>,
  texts: ScreenTexts,
  locale: Locale,
): string | undefined => {
  switch (frame.type) {
    case 'error':
      return quiet.has(frame.of ?? '') ? undefined : frame.message;
    case 'rename':
      return texts.nowCalled(frame.nickname);
    case 'registered':
      return frame.changed === undefined
        ? texts.registered(frame.nickname)
        : texts.passwordChanged(frame.nickname, frame.ended, frame.certificates);
    case 'identified':
      return texts[frame.type](frame.nickname);
    case 'away':
      return texts.youAway;
    case 'back':
      return texts.youBack;
    case 'absent':
      return frame.message;
    case 'part':
      return frame.reason === undefined ? undefined : texts.removed(frame.room, frame.reason);
    case 'list':
      return wanted.delete('list') ? texts.who(frame.count, frame.users.join(', ')) : undefined;
    case 'rooms': {
      if (!wanted.delete('rooms')) return undefined;
      const rooms = frame.rooms.filter(({ room }) => !isPairRoom(room));
      return texts.rooms(rooms.map(({ room, members }) => `#${room} (${members})`).join(', '));
    }
    case 'search': {
      const found = frame.events.flatMap((event) =>
        eventLines(event, locale).map((line) => `${moment(event.at)} #${event.room} ${line}`),
      );
      return [texts.found(frame.events.length, frame.query), ...found].join('\n');
    }
    case 'bans':
      if (!wanted.delete('bans')) return undefined;
      return frame.bans.length === 0
        ? texts.noBans
        : texts.bans(frame.bans.map(({ who }) => who).join(', '));
    case 'invited':
      return texts.invited(frame.room, frame.by);
    case 'kick':
    case 'mute':
    case 'unmute':
    case 'ban':
    case 'unban':
    case 'slow':
    case 'role': {
      const by = 'by' in frame && typeof frame.by === 'string' ? texts.by(frame.by) : '';
      return deedText(frame, texts) + by;
    }
    default:
      return undefined;
  }
};
