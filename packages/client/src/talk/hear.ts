import { isEvent, type ServerFrame } from '../line/wire.ts';
import { roomKey } from './conversation.ts';
import { entered, opened } from './entering.ts';
import { event, gap, page } from './events.ts';
import { members, presence } from './presence.ts';
import { forgetStandings, standing } from './standing.ts';
import { change, close, type Moment, noneLoading, type Talk } from './talk.ts';

/** What a frame changes in the conversations. */
export const hear = (talk: Talk, frame: ServerFrame, moment: Moment): Talk => {
  if (isEvent(frame)) return event(talk, frame, moment);
  switch (frame.type) {
    case 'login':
      return frame.success ? entered(talk, frame, moment) : talk;
    case 'join':
      return opened(talk, frame, undefined);
    case 'part':
      return close(talk, roomKey(frame.room));
    case 'log':
      return presence(talk, frame, moment);
    case 'history':
      return page(talk, frame);
    case 'gap':
      return { ...gap(talk, frame, moment), epoch: frame.epoch };
    case 'list':
      return members(talk, frame);
    case 'topic':
      return change(talk, roomKey(frame.room), (it) => ({ ...it, topic: frame.text }));
    case 'rename':
      return { ...talk, me: frame.nickname };
    case 'identified':
    case 'registered':
      return forgetStandings({ ...talk, me: frame.nickname });
    case 'away':
      return { ...talk, away: frame.text ?? '' };
    case 'back':
      return { ...talk, away: undefined };
    case 'configure':
    case 'slow':
    case 'role':
      return standing(talk, frame);
    case 'error':
      return frame.of === 'history' ? noneLoading(talk) : talk;
    default:
      return talk;
  }
};
