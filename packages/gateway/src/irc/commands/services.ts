import { problemText } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { HOST } from '../names.ts';
import { asks, expect, lines, nothing, type Reply } from '../reply.ts';
import type { Line } from '../wire/line.ts';
import { loggedIn } from './account.ts';
import { renamed } from './registration.ts';

/** Whom people on IRC ask to keep a nick for them. Nobody else may be called so. */
const NICKSERV = 'NickServ';
const PREFIX = `${NICKSERV}!${NICKSERV}@${HOST}`;

/** Whether a message is for NickServ. */
export const isServices = (target: string): boolean =>
  target.toLowerCase() === NICKSERV.toLowerCase();

const saying = (client: Client, ...texts: readonly string[]): readonly Line[] =>
  texts.map((text) => client.notice(text, PREFIX));

const about = { command: 'PRIVMSG', target: NICKSERV };

/** `REGISTER PASSWORD`; an address after it is not needed, and not kept. */
const register = (client: Client, password: string): Reply =>
  asks({
    request: { type: 'register', password },
    about,
    told: (answer) => {
      const it = expect(answer, 'registered');
      if (it === undefined || client.stage.at !== 'in') return nothing;
      client.stage = { ...client.stage, account: it.accountNick };
      return lines(
        ...saying(
          client,
          it.changed === undefined
            ? client.texts.registered(it.nick)
            : client.texts.passwordChanged(it.nick, it.changed),
        ),
        loggedIn(client, it.accountNick),
      );
    },
    refused: ({ problem }) => lines(...saying(client, problemText(problem, client.locale))),
  });

const identify = (client: Client, nick: string, password: string): Reply =>
  asks({
    request: { type: 'identify', nick, password },
    about,
    told: (answer) => {
      const it = expect(answer, 'identified');
      if (it === undefined) return nothing;
      const { lines: told = [] } = renamed(client, it.nick);
      if (client.stage.at === 'in') client.stage = { ...client.stage, account: it.accountNick };
      return lines(
        ...told,
        ...saying(client, client.texts.identified(it.nick)),
        loggedIn(client, it.accountNick),
      );
    },
    refused: ({ problem }) => lines(...saying(client, problemText(problem, client.locale))),
  });

/** `CERT ADD|LIST|DEL`: certificates by which the client is known without a password. */
const certificates = (client: Client, what: string, fingerprint: string | undefined): Reply => {
  const { texts } = client;
  const named = fingerprint === undefined ? {} : { fingerprint };
  const request = { ADD: 'certify', DEL: 'decertify', LIST: 'certificates' } as const;
  const type = Object.hasOwn(request, what) ? request[what as keyof typeof request] : undefined;
  if (type === undefined || (type === 'decertify' && fingerprint === undefined))
    return lines(...saying(client, ...texts.servicesHelp));
  return asks({
    request: { type, ...named },
    about,
    told: (answer) => {
      const known = expect(answer, 'certificates')?.certificates ?? [];
      if (known.length === 0) return lines(...saying(client, texts.noCertificates));
      return lines(
        ...saying(
          client,
          ...known.map((it) =>
            texts.certificate(it.fingerprint, new Date(it.addedAt).toISOString()),
          ),
        ),
      );
    },
    refused: ({ problem }) => lines(...saying(client, problemText(problem, client.locale))),
  });
};

/** What somebody says to NickServ. */
export const services = (client: Client, text: string): Reply => {
  const [command = '', first, second] = text.trim().split(/ +/);
  const { texts, stage } = client;
  switch (command.toUpperCase()) {
    case 'REGISTER':
      if (first !== undefined) return register(client, first);
      break;
    case 'IDENTIFY':
      if (first !== undefined)
        return second === undefined
          ? identify(client, stage.nick ?? '', first)
          : identify(client, first, second);
      break;
    case 'CERT':
      return certificates(client, first?.toUpperCase() ?? '', second);
    case 'HELP':
      break;
    default:
      return lines(...saying(client, texts.servicesUnknown));
  }
  return lines(...saying(client, ...texts.servicesHelp));
};
