import { nickProblem, type Problem } from '@partyline/protocol';
import type { Answer } from '../../answer.ts';
import type { Client, Stage } from '../client.ts';
import { ircNick, nickOf, prefixOf } from '../names.ts';
import { refusalLine } from '../refusals.ts';
import {
  type Ask,
  asks,
  expect,
  type Handler,
  lines,
  nothing,
  type Reply,
  together,
} from '../reply.ts';
import { welcome } from '../welcome.ts';
import { SERVER } from '../wire/line.ts';
import { askSetname } from './people.ts';

type Door = Extract<Stage, { at: 'door' }>;

/** Ends the connection, once what was said is out. */
const goodbye = (command: string): Ask => ({ request: { type: 'quit' }, about: { command } });

/** What is known by SASL or by `PASS`: `ACCOUNT:PASSWORD`, or the password of the nick. */
const credentialsOf = ({ nick = '', pass, proven }: Door) => {
  if (proven !== undefined) {
    const { nick: known, password } = proven;
    return { nick: known, ...(password !== undefined && { password }) };
  }
  if (pass === undefined) return { nick };
  const [account = '', ...rest] = pass.split(':');
  return rest.length > 0 && nickProblem(account) === undefined
    ? { nick: account, password: rest.join(':') }
    : { nick, password: pass };
};

/** Comes in once everything is known that is needed. */
export const comeIn = (client: Client): Reply => {
  const { stage } = client;
  if (stage.at !== 'door' || stage.isNegotiating || client.sasl !== undefined) return nothing;
  if (stage.nick === undefined || stage.user === undefined) return nothing;
  const who = credentialsOf(stage);
  client.stage = { at: 'opening', nick: stage.nick };
  return asks({
    request: { type: 'login', ...who },
    about: { command: 'NICK', target: ircNick(stage.nick) },
    told: (answer) => opened(client, answer),
    refused: ({ problem }) => turnedAway(client, stage, problem),
  });
};

const opened = (client: Client, answer: Answer): Reply => {
  const it = expect(answer, 'opened');
  if (it === undefined) return nothing;
  const { nick, accountNick, online, rooms } = it;
  client.stage = { at: 'in', nick, ...(accountNick !== undefined && { account: accountNick }) };
  client.online = online;
  const { realName } = client;
  const isOwn = realName !== undefined && realName !== client.nick;
  const told = isOwn ? [{ ...askSetname(client, realName), refused: () => nothing }] : [];
  return together([welcome(client, rooms), asks(...told)]);
};

const turnedAway = (client: Client, door: Door, it: Problem): Reply => {
  const told = refusalLine(client, it, { command: 'NICK', target: ircNick(door.nick ?? '*') });
  const { nick: _, ...rest } = door;
  // Another nick is all that is missing.
  client.stage = rest;
  if (it.code.startsWith('nick-')) return lines(told);
  // With a wrong password, or to somebody who is banned, no other nick would help.
  return { lines: [told], asks: [goodbye('NICK')] };
};

export const nick: Handler = (client, { params: [asked = ''] }) => {
  if (asked === '') return lines(client.numeric('ERR_NONICKNAMEGIVEN'));
  const name = nickOf(asked);
  const wrong = nickProblem(name);
  const about = { command: 'NICK', target: asked.split(' ')[0] || '*' };
  if (wrong !== undefined) return lines(refusalLine(client, wrong, about));
  const { stage } = client;
  switch (stage.at) {
    case 'door':
      client.stage = { ...stage, nick: name };
      return comeIn(client);
    case 'opening':
      return nothing;
    case 'in':
      return asks({
        request: { type: 'rename', nick: name },
        about,
        told: (answer) => renamed(client, expect(answer, 'renamed')?.nick ?? stage.nick),
      });
  }
};

/** The client goes by another nick now. */
export const renamed = (client: Client, name: string): Reply => {
  const { stage } = client;
  if (stage.at !== 'in' || stage.nick === name) return nothing;
  client.stage = { ...stage, nick: name };
  return lines({ source: prefixOf(stage.nick), command: 'NICK', params: [ircNick(name)] });
};

export const user: Handler = (client, { params: [name = '', , , realName = ''] }) => {
  const { stage } = client;
  if (stage.at !== 'door') return lines(client.numeric('ERR_ALREADYREGISTERED'));
  if (name === '') return lines(client.numeric('ERR_NEEDMOREPARAMS', ['USER']));
  client.stage = { ...stage, user: name };
  client.realName = realName === '' ? undefined : realName;
  return comeIn(client);
};

export const pass: Handler = (client, { params: [password = ''] }) => {
  const { stage } = client;
  if (stage.at !== 'door') return lines(client.numeric('ERR_ALREADYREGISTERED'));
  client.stage = { ...stage, pass: password };
  return nothing;
};

export const quit: Handler = (_client, { params: [reason = ''] }) =>
  asks({
    request: { type: 'quit', ...(reason !== '' && { reason }) },
    about: { command: 'QUIT' },
  });

export const ping: Handler = (client, { params: [token = ''] }) =>
  token === ''
    ? lines(client.numeric('ERR_NOORIGIN'))
    : lines({ command: 'PONG', params: [SERVER, token] });

/** That it came is all that it says. */
export const pong: Handler = () => nothing;
