import { Readable } from 'node:stream';
import { createGzip, createZstdCompress } from 'node:zlib';
import { Type } from 'typebox';
import { type Api, refusals } from './api.ts';
import { longAnswers } from './long-answers.ts';
import type { AdminParts } from './parts.ts';

/** Whoever takes nothing for so long is cut off: the database cleans nothing up meanwhile. */
const STALL_MS = 60_000;

const encoders = { zstd: createZstdCompress, gzip: () => createGzip({ level: 1 }) };

/** The first of ours that a header offers, its weights aside. */
const encodingFor = (offered = ''): keyof typeof encoders | undefined => {
  const names = offered.split(',').map((it) => it.split(';')[0]?.trim());
  return (['zstd', 'gzip'] as const).find((it) => names.includes(it));
};

export const exporting = (api: Api, { exportAll }: AdminParts): void => {
  const untilTheEnd = longAnswers(api);

  api.get(
    '/v1/export',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'export',
        summary: 'Everything that is kept, password hashes and keys too, as NDJSON at one moment',
        description:
          'The last line tells how many rows there were and the SHA-256 of the lines before; without it, the export was cut off. `npm run import` takes it.',
        response: {
          200: {
            content: {
              'application/x-ndjson': {
                schema: Type.Object({}, { additionalProperties: true }),
                ...{ example: { table: 'meta', row: { key: 'epoch', value: '0123456789abcdef' } } },
              },
            },
          },
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const lines = untilTheEnd(Readable.from(exportAll(), { objectMode: false }));
      lines.on('error', (err) => request.log.warn({ err }, 'an export was cut off'));
      request.raw.socket.setTimeout(STALL_MS, () => request.raw.socket.destroy());
      reply
        .type('application/x-ndjson')
        .header('vary', 'accept-encoding')
        .header('content-disposition', 'attachment; filename="partyline.ndjson"');
      const encoding = encodingFor(request.headers['accept-encoding']);
      if (encoding === undefined) return reply.send(lines);
      const encoder = encoders[encoding]();
      lines.on('error', (error) => encoder.destroy(error));
      encoder.on('close', () => lines.destroy());
      return reply.header('content-encoding', encoding).send(lines.pipe(encoder));
    },
  );
};
