import type { RoomState } from '@partyline/protocol';
import type { Client } from './client.ts';
import { eventLines, isSaid } from './event-lines.ts';
import { channelOf } from './names.ts';
import { type Ask, expect, lines } from './reply.ts';
import { ctcp } from './wire/formatting.ts';
import { type Line, tagged } from './wire/line.ts';

/** What was said last in a room, shown to a client that can't ask for it. */
const EVENTS = 20;

const ACTION = ctcp('ACTION', '').slice(0, -1);

/** A text after a stamp, and an action still an action. */
const withStamp = (text: string, stamp: string): string =>
  text.startsWith(ACTION) ? `${ACTION}${stamp}${text.slice(ACTION.length)}` : `${stamp}${text}`;

/** When it was said, for clients that aren't told by a tag: ISO 8601 to the minute, in UTC. */
const dated = (line: Line, at: number): Line => {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const params = line.params.map((it, index) => (index === 1 ? withStamp(it, `[${time}Z] `) : it));
  return { ...line, params };
};

/**
 * Lines of past events as a batch, or as they are to clients without batches. `id` must not be that
 * of another batch under way; a client's lines come one answer after another, so any will do.
 */
export const historyLines = (
  client: Client,
  target: string,
  told: readonly Line[],
  type = 'chathistory',
): readonly Line[] => {
  if (!client.has('batch')) return told;
  const batch = `${type === 'chathistory' ? 'h' : 't'}${target === '' ? '' : '1'}`;
  return [
    { command: 'BATCH', params: [`+${batch}`, type, ...(target === '' ? [] : [target])] },
    ...told.map((line) => tagged(line, { batch })),
    { command: 'BATCH', params: [`-${batch}`] },
  ];
};

/** Asks for what was said last in a room, unless the client asks for itself. */
export const historyOnJoin = (client: Client, { room, since }: RoomState): readonly Ask[] => {
  if (client.has('draft/chathistory')) return [];
  return [
    {
      // What came since is shown as it comes.
      request: { type: 'history', room, limit: EVENTS, before: since + 1 },
      about: { command: 'JOIN', target: channelOf(room) },
      told: (answer) => {
        const { events = [] } = expect(answer, 'history') ?? {};
        const told = events
          .filter(isSaid)
          .flatMap((event) =>
            eventLines(event, client.caps, client.texts).map((line) =>
              client.has('server-time') ? line : dated(line, event.at),
            ),
          );
        return told.length === 0 ? {} : lines(...historyLines(client, channelOf(room), told));
      },
      refused: () => ({}),
    },
  ];
};
