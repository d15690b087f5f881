import { send } from '@fastify/send';
import { isProblem, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { longAnswers } from './long-answers.ts';
import { lateCursor, Next, pageAmong, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';

const example = {
  ...{ name: 'partyline-20260102T030405678Z.db', at: 1_700_000_000_000, bytes: 1_048_576 },
  ...{ sha256: 'ab'.repeat(32), epoch: '0123456789abcdef', events: 4_711, scheduled: false },
};

const Backup = Type.Object(
  {
    name: Type.String({ examples: ['partyline-20260102T030405678Z.db'] }),
    at: Milliseconds('When it was begun: all that had a receipt by then is in it'),
    bytes: Type.Integer(),
    sha256: Type.String({ description: 'Of the file, in hexadecimal' }),
    epoch: Type.String({ description: 'Of the log that was copied' }),
    events: Type.Integer({ description: 'How far it had come: the last numbers of all rooms' }),
    scheduled: Type.Boolean({ description: 'Made by the schedule, which deletes it in time' }),
  },
  { examples: [example] },
);
const Name = Type.Object({ name: Type.String({ maxLength: 64, examples: [example.name] }) });

export const backups = (api: Api, parts: AdminParts): void => {
  const elsewhere = problem('backup-elsewhere');
  const untilTheEnd = longAnswers(api);
  api.addHook('preClose', async () => parts.backups?.giveUp());

  api.post(
    '/v1/backups',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'backups.make',
        summary: 'Makes a backup while the log goes on; answers when it is whole, and checked',
        response: { 200: Backup, ...refusals },
      },
    },
    (request, reply) =>
      parts.perform(request, reply, async () => {
        const made = await parts.backups?.make(false);
        if (made === undefined) return elsewhere;
        if (isProblem(made)) return made;
        reply.header('location', `/v1/backups/${made.name}`);
        return {
          work: { type: 'noted', deed: 'make-backup', target: made.name },
          answer: () => made,
        };
      }),
  );

  api.get(
    '/v1/backups',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'backups.list',
        summary: 'The backups there are, the newest first',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, backups: Type.Array(Backup) },
            { examples: [{ backups: [example] }] },
          ),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      if (parts.backups === undefined) return sendProblem(reply, elsewhere);
      const { page, ...next } = pageAmong(
        await parts.backups.list(),
        request.query,
        ({ at, name }) => `${lateCursor(at)} ${name}`,
      );
      return { ...next, backups: [...page] };
    },
  );

  api.get(
    '/v1/backups/:name',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'backups.download',
        summary: 'The file of a backup, whole or in ranges, with its digest (RFC 9530)',
        params: Name,
        response: {
          200: { content: { 'application/vnd.sqlite3': { schema: {} } } },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const found = await parts.backups?.find(name);
      if (parts.backups === undefined) return sendProblem(reply, elsewhere);
      if (found === undefined) return sendProblem(reply, problem('backup-unknown', { name }));
      const sent = await send(request.raw, name, {
        root: parts.backups.folder,
        ...{ contentType: false, cacheControl: false, index: false },
      });
      if (sent.type !== 'file') {
        const reason = 'There is no such range in the file.';
        reply.headers(sent.headers);
        return sendProblem(reply, problem('request-bad', { reason }), undefined, sent.statusCode);
      }
      const digest = Buffer.from(found.sha256, 'hex').toString('base64');
      return reply
        .code(sent.statusCode as 200)
        .headers(sent.headers)
        .headers({
          'content-type': 'application/vnd.sqlite3',
          'content-disposition': `attachment; filename="${name}"`,
          'repr-digest': `sha-256=:${digest}:`,
        })
        .send(untilTheEnd(sent.stream));
    },
  );

  api.delete(
    '/v1/backups/:name',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'backups.delete',
        summary: 'Deletes a backup',
        params: Name,
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) =>
      parts.perform(request, reply, async () => {
        const { name } = request.params;
        if (parts.backups === undefined) return elsewhere;
        if (!(await parts.backups.remove(name))) return problem('backup-unknown', { name });
        return {
          work: { type: 'noted', deed: 'delete-backup', target: name },
          answer: () => done,
        };
      }),
  );
};
