import { send } from '@fastify/send';
import { isProblem, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Done, done } from './done.ts';
import type { AdminParts } from './parts.ts';

const Backup = Type.Object({
  name: Type.String({ examples: ['partyline-20260102T030405678Z.db'] }),
  at: Milliseconds('When it was begun: all that had a receipt by then is in it'),
  bytes: Type.Integer(),
  sha256: Type.String({ description: 'Of the file, in hexadecimal' }),
  epoch: Type.String({ description: 'Of the log that was copied' }),
  events: Type.Integer({ description: 'How far it had come: the last numbers of all rooms' }),
  scheduled: Type.Boolean({ description: 'Made by the schedule, which deletes it in time' }),
});
const Name = Type.Object({ name: Type.String({ maxLength: 64 }) });

export const backups = (api: Api, parts: AdminParts): void => {
  const elsewhere = problem('backup-elsewhere');

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
    async (_request, reply) => {
      if (parts.backups === undefined) return sendProblem(reply, elsewhere);
      const made = await parts.backups.make(false);
      if (isProblem(made)) return sendProblem(reply, made);
      return reply.header('location', `/v1/backups/${made.name}`).send(made);
    },
  );

  api.get(
    '/v1/backups',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'backups.list',
        summary: 'The backups there are, the newest first',
        response: { 200: Type.Object({ backups: Type.Array(Backup) }), ...refusals },
      },
    },
    async (_request, reply) => {
      if (parts.backups === undefined) return sendProblem(reply, elsewhere);
      return { backups: [...(await parts.backups.list())] };
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
        .send(sent.stream);
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
    async (request, reply) => {
      const { name } = request.params;
      if (parts.backups === undefined) return sendProblem(reply, elsewhere);
      const isGone = await parts.backups.remove(name);
      return isGone ? done : sendProblem(reply, problem('backup-unknown', { name }));
    },
  );
};
