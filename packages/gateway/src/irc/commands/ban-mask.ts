import { HOST, ircNick, nickOf } from '../names.ts';

const ACCOUNT = 'account:';

/** Whether a mask mutes somebody (`~q:NICK`) instead of keeping them out. */
export const isMute = (mask: string): boolean => /^~q:/i.test(mask);

const unstarred = (part: string): string => part.replaceAll('*', '');

/**
 * Whom a mask means: `~a:NICK` an account, `~q:NICK` who is muted, `*!*@192.0.2.0/24` an address
 * range, and else the nick that its nick or its user tells, since everybody's user is their nick.
 */
export const banSubject = (mask: string): string => {
  const [, kind = '', named = ''] = /^~([aq]):(.*)$/is.exec(mask) ?? [];
  if (kind.toLowerCase() === 'a') return `${ACCOUNT}${nickOf(named)}`;
  const bare = kind === '' ? mask : named;
  const [, nick = '', user = '', host = ''] = /^([^!@]*)(?:!([^@]*))?(?:@(.*))?$/s.exec(bare) ?? [];
  const range = unstarred(host);
  if (range !== '' && range !== HOST && /^[\da-f.:]+(?:\/\d{1,3})?$/i.test(range)) return range;
  return nickOf(unstarred(nick) || unstarred(user));
};

/** A ban as a mask. */
export const banMask = (who: string): string => {
  if (who.startsWith(ACCOUNT)) return `~a:${ircNick(who.slice(ACCOUNT.length))}`;
  return who.includes('/') ? `*!*@${who}` : `${ircNick(who)}!*@*`;
};
