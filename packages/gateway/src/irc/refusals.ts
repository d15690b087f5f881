import { type Problem, type ProblemCode, problemText } from '@partyline/protocol';
import type { Client } from './client.ts';
import { channelOf, isChannel } from './names.ts';
import type { Numeric } from './numerics.ts';
import type { Ask } from './reply.ts';
import type { Line } from './wire/line.ts';

/** The numeric of a refusal, where IRC has one. */
const numericOf: Partial<Record<ProblemCode, Numeric>> = {
  ...{ 'login-needed': 'ERR_NOTREGISTERED', 'login-done': 'ERR_ALREADYREGISTERED' },
  ...{ 'nick-taken': 'ERR_NICKNAMEINUSE', 'nick-registered': 'ERR_NICKNAMEINUSE' },
  ...{ 'nick-confusable': 'ERR_NICKNAMEINUSE', 'nick-reserved': 'ERR_ERRONEUSNICKNAME' },
  ...{ 'nick-bad': 'ERR_ERRONEUSNICKNAME', 'nick-too-long': 'ERR_ERRONEUSNICKNAME' },
  ...{ 'nick-empty': 'ERR_NONICKNAMEGIVEN', 'nick-unknown': 'ERR_NOSUCHNICK' },
  ...{ 'room-unknown': 'ERR_NOSUCHCHANNEL', 'room-creation-refused': 'ERR_NOSUCHCHANNEL' },
  ...{ 'room-bad': 'ERR_BADCHANMASK', 'room-empty': 'ERR_BADCHANMASK' },
  ...{ 'room-too-long': 'ERR_BADCHANMASK', 'room-not-joined': 'ERR_NOTONCHANNEL' },
  ...{ 'room-invitation-needed': 'ERR_INVITEONLYCHAN', 'room-banned': 'ERR_BANNEDFROMCHAN' },
  ...{ 'rooms-too-many': 'ERR_TOOMANYCHANNELS', 'room-read-only': 'ERR_CANNOTSENDTOCHAN' },
  ...{ muted: 'ERR_CANNOTSENDTOCHAN', 'slow-mode': 'ERR_CANNOTSENDTOCHAN' },
  ...{ 'nick-not-in-room': 'ERR_USERNOTINCHANNEL', 'moderator-needed': 'ERR_CHANOPRIVSNEEDED' },
  ...{ 'owner-needed': 'ERR_CHANOPRIVSNEEDED', 'rank-too-low': 'ERR_CHANOPRIVSNEEDED' },
  ...{ 'operator-needed': 'ERR_NOPRIVILEGES', 'bans-too-many': 'ERR_BANLISTFULL' },
  ...{ 'text-empty': 'ERR_NOTEXTTOSEND', 'text-too-long': 'ERR_INPUTTOOLONG' },
  ...{ banned: 'ERR_YOUREBANNEDCREEP' },
  ...{ 'password-wrong': 'ERR_PASSWDMISMATCH', 'password-locked': 'ERR_PASSWDMISMATCH' },
};

/** Refusals of which the numeric alone tells everything, and in which form. */
const bare: ReadonlySet<Numeric> = new Set(['ERR_NOTREGISTERED', 'ERR_INPUTTOOLONG'] as const);

const paramsOf = (it: Problem, numeric: Numeric, target: string | undefined): readonly string[] => {
  if (bare.has(numeric)) return [];
  if (numeric === 'ERR_USERNOTINCHANNEL')
    return [String(it.params?.nick ?? '*'), channelOf(String(it.params?.room ?? ''))];
  return target === undefined ? [] : [target];
};

/** What a refusal is told as: the numeric that clients know, with the text that says why. */
export const refusalLine = (client: Client, it: Problem, about?: Ask['about']): Line => {
  const { command = '*', target } = about ?? {};
  const text = problemText(it, client.locale);
  if (it.code === 'utf8-bad') return client.fail('*', 'INVALID_UTF8', [], text);
  // Of the line and of its tags, of which the transport knows only the sum.
  if (it.code === 'frame-too-long') return client.numeric('ERR_INPUTTOOLONG');
  const known = numericOf[it.code];
  if (known === undefined)
    return client.fail(
      command,
      it.code.toUpperCase().replaceAll('-', '_'),
      contextOf(target),
      text,
    );
  const isTalk = command === 'PRIVMSG' || command === 'NOTICE' || command === 'TAGMSG';
  const numeric = known === 'ERR_NOTONCHANNEL' && isTalk ? 'ERR_CANNOTSENDTOCHAN' : known;
  return client.numericSaying(numeric, paramsOf(it, numeric, target), text);
};

const contextOf = (target: string | undefined): readonly string[] =>
  target === undefined || target === '' || target.includes(' ') ? [] : [target];

/** Whether a target is a channel that the client may name. */
export const noSuchTarget = (client: Client, target: string): Line =>
  client.numeric(isChannel(target) ? 'ERR_NOSUCHCHANNEL' : 'ERR_NOSUCHNICK', [target || '*']);
