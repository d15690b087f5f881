import { isPairRoom, type RoomState } from '@partyline/protocol';
import type { Client } from './client.ts';
import { isupport, TOKENS } from './isupport.ts';
import { lines, type Reply, together } from './reply.ts';
import { enteredRoom } from './room-lines.ts';
import { type Line, SERVER } from './wire/line.ts';

/** What runs here, as `VERSION` tells it. */
export const VERSION = 'partyline-0.1';

/** What is unlike other servers, several tokens a line. */
export const isupportLines = (client: Client): readonly Line[] => {
  const count = Math.ceil(isupport.length / TOKENS);
  return Array.from({ length: count }, (_, index) =>
    client.numeric('RPL_ISUPPORT', isupport.slice(index * TOKENS, (index + 1) * TOKENS)),
  );
};

export const motdLines = (client: Client): readonly Line[] => [
  client.numeric('RPL_MOTDSTART', [], { server: SERVER }),
  ...client.texts.motd.map((text) => client.numericSaying('RPL_MOTD', [], `- ${text}`)),
  client.numeric('RPL_ENDOFMOTD'),
];

/** How many are here, and in how many rooms if that is known. */
export const luserLines = (client: Client, rooms?: number): readonly Line[] => {
  const { online } = client;
  return [
    client.numeric('RPL_LUSERCLIENT', [], { online }),
    ...(rooms === undefined ? [] : [client.numeric('RPL_LUSERCHANNELS', [String(rooms)])]),
    client.numeric('RPL_LUSERME'),
    client.numeric('RPL_LOCALUSERS', [String(online), String(online)], { online }),
    client.numeric('RPL_GLOBALUSERS', [String(online), String(online)], { online }),
  ];
};

/** What a client is told as it comes in. */
export const welcome = (client: Client, rooms: readonly RoomState[]): Reply =>
  together([
    lines(
      client.numeric('RPL_WELCOME', [], { nick: client.nick }),
      client.numeric('RPL_YOURHOST', [], { server: SERVER, version: VERSION }),
      client.numeric('RPL_CREATED'),
      client.numeric('RPL_MYINFO', [SERVER, VERSION, 'i', 'bfimnoqst', 'bfoq']),
      ...isupportLines(client),
      ...luserLines(client),
      ...motdLines(client),
    ),
    ...rooms.filter(({ room }) => !isPairRoom(room)).map((room) => enteredRoom(client, room)),
  ]);
