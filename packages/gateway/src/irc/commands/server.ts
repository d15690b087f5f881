import { asks, expect, type Handler, lines } from '../reply.ts';
import { isupportLines, luserLines, motdLines, VERSION } from '../welcome.ts';
import { SERVER } from '../wire/line.ts';

export const motd: Handler = (client) => lines(...motdLines(client));

export const lusers: Handler = (client, { command }) =>
  asks({
    request: { type: 'rooms' },
    about: { command },
    told: (answer) => lines(...luserLines(client, expect(answer, 'rooms')?.rooms.length)),
  });

export const version: Handler = (client) =>
  lines(client.numeric('RPL_VERSION', [VERSION, SERVER]), ...isupportLines(client));

export const info: Handler = (client) =>
  lines(
    ...client.texts.info.map((text) => client.numericSaying('RPL_INFO', [], text)),
    client.numeric('RPL_ENDOFINFO'),
  );

export const time: Handler = (client, _message, { now }) =>
  lines(client.numericSaying('RPL_TIME', [SERVER], new Date(now()).toUTCString()));

export const admin: Handler = (client) =>
  lines(client.numeric('RPL_ADMINME', [SERVER]), client.numeric('RPL_ADMINLOC1'));

export const links: Handler = (client) =>
  lines(client.numeric('RPL_LINKS', [SERVER, SERVER]), client.numeric('RPL_ENDOFLINKS', ['*']));

/** Figures are for the operator, who has `/metrics`. */
export const stats: Handler = (client, { params: [what = ''] }) =>
  lines(client.numeric('RPL_ENDOFSTATS', [what.split(' ')[0] || '*']));

export const help: Handler = (client, { params: [subject = ''] }) => {
  const topic = subject.split(' ')[0] || '*';
  if (topic !== '*') return lines(client.numeric('ERR_HELPNOTFOUND', [topic]));
  return lines(
    client.numericSaying('RPL_HELPSTART', [topic], client.texts.helpTitle),
    ...client.texts.help.map((text) => client.numericSaying('RPL_HELPTXT', [topic], text)),
    client.numeric('RPL_ENDOFHELP', [topic]),
  );
};

/** Operators are not made on this wire. */
export const oper: Handler = (client) => lines(client.numeric('ERR_NOOPERHOST'));
export const operatorsOnly: Handler = (client) => lines(client.numeric('ERR_NOPRIVILEGES'));
