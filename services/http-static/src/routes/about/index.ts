import { isProblem, type Place, type Problem, type WayIn, waysIn } from '@partyline/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { liked } from '../../answers/negotiation.ts';
import type { AnswerProblem } from '../../answers/problem.ts';
import type { Reads } from '../../line/reads.ts';
import type { Pages } from '../../pages/pages.ts';

export type AboutParts = {
  readonly reads: Reads;
  readonly online: () => number;
  readonly pages: Pages;
  readonly answerProblem: AnswerProblem;
};

/** Rooms and names that are told, at most. */
const ROOMS = 50;
const NAMES = 100;

type Overview = {
  readonly online: number;
  readonly people: readonly string[];
  readonly morePeople: number;
  readonly rooms: readonly { readonly room: string; readonly members: number; topic: string }[];
  readonly ways: readonly WayIn[];
};

/** What may be pasted into a shell as a host: a name or an address, nothing else. */
const plainHost = /^[a-z0-9.-]+$|^\[[\da-f:.]+\]$/;

/** An endpoint at the host by which the client came. */
const placeOf = ({ hostname, pathname }: URL, host: string | undefined): Place | undefined => {
  const reachedAs = URL.parse(`http://${host ?? ''}`)?.hostname ?? '';
  const name = plainHost.test(reachedAs) ? reachedAs : hostname;
  return plainHost.test(name) ? { host: name, path: pathname } : undefined;
};

/**
 * `GET /about`, the front page: who is online, the rooms, and how to join from each wire. The same
 * as text for those who like that better, as `curl` does, for which it is at `/` too.
 */
export const aboutRoute = (
  site: FastifyInstance,
  { reads, online, pages, answerProblem }: AboutParts,
) => {
  const { texts, locale } = pages;

  const look = async (host: string | undefined): Promise<Overview | Problem> => {
    const [rooms, lobby, instances] = await Promise.all([
      reads.rooms(),
      reads.members('lobby'),
      reads.instances(),
    ]);
    if (isProblem(rooms)) return rooms;
    if (isProblem(instances)) return instances;
    // A lobby that strangers may not look into.
    const { count, members } = isProblem(lobby) ? { count: 0, members: [] } : lobby;
    const people = members.slice(0, NAMES).map(({ nick }) => nick);
    return {
      ...{ online: online(), people, morePeople: count - people.length },
      rooms: rooms
        .slice(0, ROOMS)
        .map(({ room, members, topic = '' }) => ({ room, members, topic })),
      ways: waysIn(
        instances.flatMap(({ endpoints }) => endpoints),
        'elsewhere',
        (endpoint) => placeOf(endpoint, host),
      ),
    };
  };

  const asText = ({ online, rooms, ways }: Overview): string =>
    [
      texts.onlineNow(online),
      '',
      ...rooms.map(({ room, members, topic }) => `#${room} (${members}) ${topic}`.trimEnd()),
      '',
      ...ways.flatMap(({ name, commands }) => [
        `${name[locale]}:`,
        ...commands.map((it) => `  ${it}`),
      ]),
      '',
    ].join('\n');

  const about = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const it = await look(request.host);
    if (isProblem(it)) return answerProblem(request, reply, it);
    if (liked(request, 'text', 'html') === 'html')
      return pages.send(reply, 'about', { title: texts.about, at: '/about', ...it });
    return reply
      .type('text/plain; charset=utf-8')
      .headers({ 'cache-control': 'no-cache', vary: 'accept' })
      .send(asText(it));
  };

  site.get('/about', about);
  return about;
};
