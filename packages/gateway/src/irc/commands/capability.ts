import { type CapabilityName, isCapability, offered } from '../capabilities.ts';
import type { Client } from '../client.ts';
import { type Handler, lines, nothing, type Reply } from '../reply.ts';
import { listOverhead, packed } from '../room-lines.ts';
import type { Line } from '../wire/line.ts';
import { comeIn } from './registration.ts';

/** From this version of `CAP LS` on a client is told values, and of changes. */
const VERSION_302 = 302;

/** A list of capabilities, on as many lines as it needs. */
const list = (client: Client, sub: 'LS' | 'LIST', names: readonly string[]): readonly Line[] => {
  const packs = packed(names, listOverhead('CAP', client.nick, sub, '*'));
  const line = (pack: string, isLast: boolean): Line => ({
    command: 'CAP',
    params: [client.nick, sub, ...(isLast ? [] : ['*']), pack],
  });
  if (packs.length === 0) return [line('', true)];
  return packs.map((pack, index) => line(pack, index === packs.length - 1));
};

const negotiate = (client: Client): void => {
  if (client.stage.at === 'door') client.stage = { ...client.stage, isNegotiating: true };
};

/** What a list of capabilities makes of a client's; undefined when it asks for what there isn't. */
const changed = (client: Client, asked: string): ReadonlySet<CapabilityName> | undefined => {
  const caps = new Set(client.caps);
  for (const word of asked.split(' ').filter((it) => it !== '')) {
    const name = word.replace(/^-/, '');
    if (!isCapability(name)) return undefined;
    if (word.startsWith('-')) caps.delete(name);
    else caps.add(name);
  }
  // Whoever asked for 302 is told of changes, whether it likes to or not (specification: "cap-notify").
  if (client.capVersion >= VERSION_302) caps.add('cap-notify');
  return caps;
};

const request = (client: Client, asked: string): Reply => {
  negotiate(client);
  const caps = changed(client, asked);
  if (caps !== undefined) client.caps = caps;
  const answer = caps === undefined ? 'NAK' : 'ACK';
  return lines({ command: 'CAP', params: [client.nick, answer, asked.trim()] });
};

const end = (client: Client): Reply => {
  if (client.stage.at !== 'door') return nothing;
  client.stage = { ...client.stage, isNegotiating: false };
  // Whoever ends without waiting for it gives up what it had begun.
  client.sasl = undefined;
  return comeIn(client);
};

export const cap: Handler = (client, { params: [sub = '', asked = ''] }) => {
  switch (sub.toUpperCase()) {
    case 'LS': {
      negotiate(client);
      const version = Number.parseInt(asked, 10) || VERSION_302 - 1;
      client.capVersion = Math.max(client.capVersion, version);
      if (version >= VERSION_302) client.caps = new Set([...client.caps, 'cap-notify']);
      return lines(...list(client, 'LS', offered(version)));
    }
    case 'LIST':
      return lines(...list(client, 'LIST', [...client.caps]));
    case 'REQ':
      return request(client, asked);
    case 'END':
      return end(client);
    default:
      return lines(client.numeric('ERR_INVALIDCAPCMD', [sub.split(' ')[0] || '*']));
  }
};
