import type { Marker } from '@partyline/protocol';
import type { Client } from './client.ts';
import { channelOf, ircNick } from './names.ts';
import { type Ask, expect, lines, type Reply } from './reply.ts';
import type { Line } from './wire/line.ts';

/** How far the person has read what stands at a target; `*` is not known. */
export const markLine = (target: string, marker?: Pick<Marker, 'at'>): Line => ({
  command: 'MARKREAD',
  params: [target, marker === undefined ? '*' : `timestamp=${new Date(marker.at).toISOString()}`],
});

/** How far another session of the same account has read. */
export const markedLine = (marker: Marker): Line =>
  markLine(marker.peer === undefined ? channelOf(marker.room) : ircNick(marker.peer), marker);

/** What is to be read is not there, or can't be told now. */
export const markFailed = (client: Client, target: string): Reply =>
  lines(
    client.fail(
      'MARKREAD',
      'INTERNAL_ERROR',
      [target.split(' ')[0] || '*'],
      client.texts.markFailed,
    ),
  );

/** Asks how far the client has read a log, which it knows as a target. */
export const askMarker = (client: Client, room: string, target: string): Ask => ({
  request: { type: 'markers', rooms: [room] },
  about: { command: 'MARKREAD', target },
  told: (answer) => {
    const { markers = [] } = expect(answer, 'markers') ?? {};
    return lines(markLine(target, markers[0]));
  },
  refused: () => markFailed(client, target),
});

/** What a client that wants to know is told of a channel as it comes in; guests have marked nothing. */
export const markerOnJoin = (client: Client, room: string): readonly Ask[] =>
  client.has('draft/read-marker') ? [askMarker(client, room, channelOf(room))] : [];
