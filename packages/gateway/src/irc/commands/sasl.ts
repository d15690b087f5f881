import { problemText } from '@partyline/protocol';
import type { SomeClaim } from '../../request.ts';
import type { Client, Sasl } from '../client.ts';
import { nickOf } from '../names.ts';
import { asks, expect, type Handler, lines, nothing, type Reply } from '../reply.ts';
import { loggedIn } from './account.ts';
import { renamed } from './registration.ts';

/** Bytes of one `AUTHENTICATE`; a shorter one is the last of a message (SASL 3.1). */
const PART_BYTES = 400;
/** Of a whole message in base64. */
const MESSAGE_BYTES = 1_600;

const MECHANISMS = ['PLAIN', 'EXTERNAL'] as const;

/** Who says to be whom (RFC 4616): `[authzid] NUL authcid NUL passwd`. */
const plain = (
  message: string,
): { readonly nick: string; readonly password: string } | undefined => {
  const parts = Buffer.from(message, 'base64').toString('utf8').split('\0');
  const [authzid = '', authcid = '', password = ''] = parts;
  if (parts.length !== 3 || authcid === '' || (authzid !== '' && authzid !== authcid))
    return undefined;
  return { nick: nickOf(authcid), password };
};

/** Whose certificate it is to be (RFC 4422, appendix A): whoever's it is when that is left empty. */
const external = (message: string): { readonly nick?: string } => {
  const authzid = Buffer.from(message, 'base64').toString('utf8');
  return authzid === '' ? {} : { nick: nickOf(authzid) };
};

const failed = (client: Client, text?: string): Reply => {
  client.sasl = undefined;
  return lines(
    text === undefined
      ? client.numeric('ERR_SASLFAIL')
      : client.numericSaying('ERR_SASLFAIL', [], text),
  );
};

/** Proves it at the door, where nothing is opened before the client is known; later, becomes it. */
const authenticate = (client: Client, { mechanism, sent }: Sasl): Reply => {
  const who: SomeClaim | undefined = mechanism === 'PLAIN' ? plain(sent) : external(sent);
  if (who === undefined) return failed(client);
  const isIn = client.stage.at === 'in';
  return asks({
    request: { type: isIn ? 'identify' : 'prove', ...who },
    about: { command: 'AUTHENTICATE' },
    told: (answer) => {
      client.sasl = undefined;
      const it = expect(answer, 'proven') ?? expect(answer, 'identified');
      if (it === undefined) return nothing;
      const { lines: told = [] } = renamed(client, it.nick);
      if (client.stage.at === 'in') client.stage = { ...client.stage, account: it.accountNick };
      if (client.stage.at === 'door')
        client.stage = { ...client.stage, proven: { ...who, nick: it.nick } };
      return lines(...told, loggedIn(client, it.accountNick), client.numeric('RPL_SASLSUCCESS'));
    },
    refused: ({ problem }) => failed(client, problemText(problem, client.locale)),
  });
};

export const sasl: Handler = (client, { params: [part = ''] }) => {
  const { stage } = client;
  const isKnown =
    (stage.at === 'in' && stage.account !== undefined) ||
    (stage.at === 'door' && stage.proven !== undefined);
  if (isKnown) return lines(client.numeric('ERR_SASLALREADY'));
  if (part === '*') {
    client.sasl = undefined;
    return lines(client.numeric('ERR_SASLABORTED'));
  }
  if (client.sasl === undefined) {
    const mechanism = MECHANISMS.find((it) => it === part.toUpperCase());
    if (mechanism === undefined)
      return lines(
        client.numeric('RPL_SASLMECHS', [MECHANISMS.join(',')]),
        client.numeric('ERR_SASLFAIL'),
      );
    client.sasl = { mechanism, sent: '' };
    return lines({ source: '', command: 'AUTHENTICATE', params: ['+'] });
  }
  const sent = `${client.sasl.sent}${part === '+' ? '' : part}`;
  if (part.length > PART_BYTES || sent.length > MESSAGE_BYTES) {
    client.sasl = undefined;
    return lines(client.numeric('ERR_SASLTOOLONG'));
  }
  client.sasl = { ...client.sasl, sent };
  return part.length === PART_BYTES ? nothing : authenticate(client, client.sasl);
};
