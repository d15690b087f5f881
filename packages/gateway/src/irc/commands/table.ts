import type { Handler } from '../reply.ts';
import { register } from './account.ts';
import { cap } from './capability.ts';
import { invite, join, kick, list, names, part, topic } from './channels.ts';
import { history } from './history.ts';
import { mode } from './modes.ts';
import { monitor } from './monitor.ts';
import { away, ison, setname, userhost, whois, whowas } from './people.ts';
import { markread } from './read-marker.ts';
import { nick, pass, ping, pong, quit, user } from './registration.ts';
import { sasl } from './sasl.ts';
import * as server from './server.ts';
import { redact, say, tagmsg } from './talk.ts';
import { who } from './who.ts';

type Entry = {
  /** Parameters that it needs at least (RFC 2812 §3); fewer are `ERR_NEEDMOREPARAMS`. */
  readonly params: number;
  /** Understood before a client is in. */
  readonly atDoor?: true;
  readonly handle: Handler;
};

/** Every command, by name. */
export const commands: Readonly<Record<string, Entry>> = {
  ADMIN: { params: 0, handle: server.admin },
  AUTHENTICATE: { params: 1, atDoor: true, handle: sasl },
  AWAY: { params: 0, handle: away },
  CAP: { params: 1, atDoor: true, handle: cap },
  CHATHISTORY: { params: 0, handle: history },
  HELP: { params: 0, handle: server.help },
  HELPOP: { params: 0, handle: server.help },
  INFO: { params: 0, handle: server.info },
  INVITE: { params: 2, handle: invite },
  ISON: { params: 1, handle: ison },
  JOIN: { params: 1, handle: join },
  KICK: { params: 2, handle: kick },
  KILL: { params: 0, handle: server.operatorsOnly },
  LINKS: { params: 0, handle: server.links },
  LIST: { params: 0, handle: list },
  LUSERS: { params: 0, handle: server.lusers },
  MARKREAD: { params: 0, handle: markread },
  MODE: { params: 1, handle: mode },
  MONITOR: { params: 1, handle: monitor },
  MOTD: { params: 0, handle: server.motd },
  NAMES: { params: 0, handle: names },
  NICK: { params: 0, atDoor: true, handle: nick },
  NOTICE: { params: 0, handle: say },
  OPER: { params: 0, handle: server.oper },
  PART: { params: 1, handle: part },
  PASS: { params: 1, atDoor: true, handle: pass },
  PING: { params: 0, atDoor: true, handle: ping },
  PONG: { params: 0, atDoor: true, handle: pong },
  PRIVMSG: { params: 0, handle: say },
  QUIT: { params: 0, atDoor: true, handle: quit },
  REDACT: { params: 2, handle: redact },
  REGISTER: { params: 3, atDoor: true, handle: register },
  REHASH: { params: 0, handle: server.operatorsOnly },
  SETNAME: { params: 1, handle: setname },
  STATS: { params: 0, handle: server.stats },
  TAGMSG: { params: 0, handle: tagmsg },
  TIME: { params: 0, handle: server.time },
  TOPIC: { params: 1, handle: topic },
  USER: { params: 4, atDoor: true, handle: user },
  USERHOST: { params: 1, handle: userhost },
  VERSION: { params: 0, handle: server.version },
  WALLOPS: { params: 0, handle: server.operatorsOnly },
  WHO: { params: 0, handle: who },
  WHOIS: { params: 0, handle: whois },
  WHOWAS: { params: 0, handle: whowas },
};
