import { limits, roles, type SignalOf } from '@partyline/protocol';
import { Type } from 'typebox';
import type { Answer } from '../answer.ts';
import type { ModerationAnswer } from '../moderation.ts';
import { frameType, given, name, text } from './frame-type.ts';

const { restraintMs } = limits;
const forMs = Type.Optional(
  Type.Integer({
    ...{ minimum: 1_000, maximum: restraintMs, description: `integer 1000..${restraintMs}` },
  }),
);
const role = Type.Enum([...roles], { description: roles.map((it) => `"${it}"`).join(' | ') });

/** The types of frame that moderators send. */
export const moderationReaders = {
  kick: frameType({ nickname: text, room: name, reason: name }, (it) => ({
    ...{ type: 'kick', nick: it.nickname },
    ...given(it, 'room', 'reason'),
  })),
  ban: frameType({ who: text, room: name, reason: name, forMs }, (it) => ({
    ...{ type: 'ban', who: it.who },
    ...given(it, 'room', 'reason', 'forMs'),
  })),
  unban: frameType({ who: text, room: name }, (it) => ({
    ...{ type: 'unban', who: it.who },
    ...given(it, 'room'),
  })),
  bans: frameType({ room: name }, (it) => ({ type: 'bans', ...given(it, 'room') })),
  mute: frameType({ nickname: text, room: name, reason: name, forMs }, (it) => ({
    ...{ type: 'mute', nick: it.nickname },
    ...given(it, 'room', 'reason', 'forMs'),
  })),
  unmute: frameType({ nickname: text, room: name }, (it) => ({
    ...{ type: 'unmute', nick: it.nickname },
    ...given(it, 'room'),
  })),
  slow: frameType(
    {
      ms: Type.Integer({
        ...{ minimum: 0, maximum: limits.slowMs, description: `integer 0..${limits.slowMs}` },
      }),
      room: name,
    },
    (it) => ({ type: 'slow', ms: it.ms, ...given(it, 'room') }),
  ),
  role: frameType({ nickname: text, role, room: name }, (it) => ({
    ...{ type: 'role', nick: it.nickname, role: it.role },
    ...given(it, 'room'),
  })),
};

/** What others are told of a deed: what its doer is answered, and who did it. Of invitations only the invited are told. */
export const roomDeedObjects = ({ room, by, what }: SignalOf<'deed'>): readonly object[] => {
  switch (what.deed) {
    case 'slow':
      return [{ type: 'slow', room, ms: what.ms, by }];
    case 'role':
      return [{ type: 'role', room, nickname: what.nick, role: what.role, by }];
    case 'configure':
      return [{ type: 'configure', room, ...what.settings, by }];
    case 'invite':
      return [];
  }
};

/** The same for whom it was done to. */
export const concernedObject = ({
  room,
  nick,
  by,
  what,
}: Extract<Answer, { type: 'concerned' }>): object => {
  const { deed: type, ...how } = what;
  return { type, room, nickname: nick, ...how, by };
};

/** What a moderator is answered: what was asked for, as it was done. */
export const moderationObject = (answer: ModerationAnswer): object => {
  if (answer.type === 'bans') return answer;
  const { type, room, ...how } = answer.deed;
  const { nick, ...rest } = { nick: undefined, ...how };
  return { type, room, ...(nick !== undefined && { nickname: nick }), ...rest };
};
