import { problemText } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { ircNick, nickOf } from '../names.ts';
import { asks, expect, type Handler, lines, nothing } from '../reply.ts';
import type { Line } from '../wire/line.ts';

/** Tells a client as whom it is logged in. */
export const loggedIn = (client: Client, nick: string): Line =>
  client.numeric('RPL_LOGGEDIN', [client.prefix, ircNick(nick)], { account: ircNick(nick) });

/** `REGISTER` (draft/account-registration): the nick that the client goes by becomes its own. */
export const register: Handler = (client, { params: [account = '', , password = ''] }) => {
  const { stage, texts } = client;
  if (stage.at !== 'in')
    return lines(client.fail('REGISTER', 'COMPLETE_CONNECTION_REQUIRED', [], texts.completeFirst));
  if (account !== '*' && !client.isMe(nickOf(account)))
    return lines(client.fail('REGISTER', 'BAD_ACCOUNT_NAME', ['*'], texts.accountName));
  if (stage.account !== undefined)
    return lines(client.fail('REGISTER', 'ALREADY_AUTHENTICATED', [client.nick], texts.accountHad));
  return asks({
    request: { type: 'register', password },
    about: { command: 'REGISTER', target: client.nick },
    told: (answer) => {
      const it = expect(answer, 'registered');
      if (it === undefined) return nothing;
      client.stage = { ...stage, nick: it.nick, account: it.accountNick };
      return lines(
        { command: 'REGISTER', params: ['SUCCESS', client.nick, texts.registered(client.nick)] },
        loggedIn(client, it.accountNick),
      );
    },
    refused: ({ problem }) => {
      const text = problemText(problem, client.locale);
      const code =
        problem.code === 'password-short'
          ? 'WEAK_PASSWORD'
          : problem.code.startsWith('nick-')
            ? 'ACCOUNT_EXISTS'
            : 'TEMPORARILY_UNAVAILABLE';
      return lines(client.fail('REGISTER', code, [client.nick], text));
    },
  });
};
