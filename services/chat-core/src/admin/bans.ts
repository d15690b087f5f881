import { BanInfo, EVERYWHERE, isProblem, nickKey } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { banInfo } from '../line/commands/moderation.ts';
import { type Api, RoomParams, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { Ban } from './moderation.ts';
import { lateCursor, Next, pageAmong, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';
import { existingRoom } from './room-name.ts';

const example = {
  ...{ who: '192.0.2.0/24', until: 1_700_086_400_000, reason: 'spam' },
  ...{ by: 'operator', at: 1_700_000_000_000 },
};
const Bans = Type.Object(
  { next: Next, bans: Type.Array(BanInfo) },
  { examples: [{ bans: [example] }] },
);

const bansQuery = Type.Object({
  ...pageQuery(),
  who: Type.Optional({ ...Ban.who, description: 'Only the ban of that' }),
});
type BansQuery = { readonly who?: string; readonly after: string; readonly limit: number };

export const bans = (api: Api, { perform, read }: AdminParts): void => {
  const list = async (room: string, { who, ...query }: BansQuery) => {
    const rows = await read.moderation.bans(room, Date.now());
    const wanted =
      who === undefined ? rows : rows.filter((it) => nickKey(it.who) === nickKey(who.trim()));
    const cursorOf = ({ at, subject }: (typeof rows)[number]) => `${lateCursor(at)} ${subject}`;
    const { page, ...next } = pageAmong(wanted, query, cursorOf);
    return { ...next, bans: page.map(banInfo) };
  };

  api.get(
    '/v1/rooms/:room/bans',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'rooms.bans',
        summary: 'Who is kept out of a room, the newest ban first',
        params: RoomParams,
        querystring: bansQuery,
        response: { 200: Bans, ...refusals },
      },
    },
    async (request, reply) => {
      const room = await existingRoom(read, request.params.room);
      return isProblem(room) ? sendProblem(reply, room) : list(room, request.query);
    },
  );

  api.get(
    '/v1/bans',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'bans.list',
        summary: 'Who is kept off the server, the newest ban first',
        querystring: bansQuery,
        response: { 200: Bans, ...refusals },
      },
    },
    ({ query }) => list(EVERYWHERE, query),
  );

  api.post(
    '/v1/bans',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'bans.make',
        summary: 'Keeps somebody off the server, and ends their sessions',
        body: Type.Object(Ban, { examples: [{ who: 'account:bob', reason: 'spam' }] }),
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, () => ({
        work: asOperator({ type: 'ban', room: EVERYWHERE, ...request.body }),
        answer: () => done,
      })),
  );

  api.delete(
    '/v1/bans',
    {
      config: { scope: 'moderate' },
      schema: {
        operationId: 'bans.lift',
        summary: 'Lifts a ban of the server',
        querystring: Type.Object({ who: Ban.who }),
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) => {
      const { who } = request.query;
      return perform(request, reply, () => ({
        work: asOperator({ type: 'unban', room: EVERYWHERE, who }),
        shown: () => list(EVERYWHERE, { who, after: '', limit: 100 }),
        answer: () => done,
      }));
    },
  );
};
