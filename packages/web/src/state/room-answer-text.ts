import { type DeedFrame, type RoomAnswer, sameNick } from '@partyline/client';
import { t } from '../text/locale.ts';
import { lengthText, moment } from '../text/time.ts';

/** Stands for a room where the whole server is meant. */
const EVERYWHERE = '*';

const placeName = (room: string): string => (room === EVERYWHERE ? t('everywhere') : `#${room}`);

/** How long something holds. */
const lasting = (forMs: number | undefined): string =>
  forMs === undefined ? t('forGood') : t('forTime', { time: lengthText(forMs) });

const deedText = (deed: DeedFrame): string => {
  const { room } = deed;
  switch (deed.type) {
    case 'kick':
      return t('wasPutOut', { nick: deed.nickname, room });
    case 'mute':
      return t('wasMuted', { nick: deed.nickname, room, time: lasting(deed.forMs) });
    case 'unmute':
      return t('wasUnmuted', { nick: deed.nickname, room });
    case 'ban':
      return t('wasBanned', { who: deed.who, place: placeName(room), time: lasting(deed.forMs) });
    case 'unban':
      return t('wasUnbanned', { who: deed.who, place: placeName(room) });
    case 'slow':
      return deed.ms === 0
        ? t('slowOff', { room })
        : t('slowOn', { room, time: lengthText(deed.ms) });
    case 'role':
      return t('roleGiven', { nick: deed.nickname, room, role: t(deed.role) });
  }
};

/** What somebody else did, told to whom it concerns. */
const concernText = (it: RoomAnswer, by: string, me: string): string | undefined => {
  const { room } = it;
  switch (it.type) {
    case 'mute': {
      const { until, reason = '' } = it;
      const time = until === undefined ? t('forGood') : t('untilTime', { time: moment(until) });
      const why = reason === '' ? '' : ` ${t('becauseOf', { reason })}`;
      return t('youWereMuted', { by, room, time }) + why;
    }
    case 'unmute':
      return t('youWereUnmuted', { by, room });
    case 'role': {
      const isMe = sameNick(it.nickname, me);
      const role = t(it.role);
      if (isMe) return t('youWereGiven', { by, place: placeName(room), role });
      return t('otherWasGiven', { by, nick: it.nickname, place: placeName(room), role });
    }
    case 'slow':
      return deedText(it);
    case 'configure':
      return t('wasConfigured', {
        ...{ by, room },
        visibility: t(it.visibility),
        speak: t(it.speak),
      });
    case 'invited':
      return t('invitedYou', { by, room });
    default:
      return undefined;
  }
};

/** What to tell the reader of how a room is run. `wanted`: as for `answerText`. */
export const roomText = (
  answer: RoomAnswer,
  wanted: Set<string>,
  me: string,
): string | undefined => {
  if ('by' in answer && answer.by !== undefined) return concernText(answer, answer.by, me);
  switch (answer.type) {
    case 'configure':
    case 'invited':
      return undefined;
    case 'bans': {
      if (!wanted.delete('bans')) return undefined;
      const names = answer.bans.map(({ who }) => who).join(', ') || t('nobodyBanned');
      return t('banList', { place: placeName(answer.room), names });
    }
    case 'invite': {
      const { nickname: nick, room, remove } = answer;
      return t(remove ? 'mayNotComeIn' : 'mayComeIn', { nick, room });
    }
    default:
      return deedText(answer);
  }
};
