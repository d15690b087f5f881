import { limits } from '@partyline/protocol';

/** Nicks that one client monitors at most. */
export const MONITORED = 100;
/** Targets of one message. */
export const TARGETS = 4;
/** Modes with a parameter that one `MODE` changes. */
export const MODES = 4;

/**
 * What is unlike RFC 1459 here (`RPL_ISUPPORT`, https://modern.ircdocs.horse/#rplisupport-parameters).
 *
 * Names are compared by Unicode case folding (RFC 8265), for which clients know no word; `ascii` is
 * the mapping that never takes two of our names for one, as `rfc1459` would `[` and `{`. Names are
 * always sent in their one spelling.
 */
export const isupport: readonly string[] = [
  'NETWORK=Partyline',
  'CASEMAPPING=ascii',
  'CHANTYPES=#',
  'PREFIX=(qo)~@',
  'CHANMODES=b,,f,imnst',
  'EXTBAN=~,aq',
  'ACCOUNTEXTBAN=a',
  `NICKLEN=${limits.nickCodePoints}`,
  `CHANNELLEN=${limits.roomCodePoints + 1}`,
  'TOPICLEN=390',
  'KICKLEN=256',
  `NAMELEN=${limits.realNameCodePoints}`,
  `AWAYLEN=${limits.awayCodePoints}`,
  `CHANLIMIT=#:${limits.roomsPerSession}`,
  `MAXLIST=b:${limits.bansPerRoom}`,
  `MODES=${MODES}`,
  `TARGMAX=PRIVMSG:${TARGETS},NOTICE:${TARGETS},TAGMSG:${TARGETS},JOIN:,PART:,KICK:${TARGETS},WHOIS:${TARGETS},NAMES:1`,
  `MONITOR=${MONITORED}`,
  'WHOX',
  'ELIST=MNU',
  'SAFELIST',
  `CHATHISTORY=${limits.pageEvents}`,
  'MSGREFTYPES=msgid,timestamp',
  'CLIENTTAGDENY=*,-typing,-reply,-draft/reply,-draft/react,-draft/unreact',
  'UTF8ONLY',
];

/** Tokens on one line (RPL_ISUPPORT has 13 at most). */
export const TOKENS = 13;
