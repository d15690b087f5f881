import {
  type Envelope,
  isProblem,
  limits,
  type Outcome,
  type Problem,
  parseEnvelope,
  problem,
  toLine,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { instanceIn } from './instance-id.ts';
import type { BusParts } from './parts.ts';

type Parsed = { readonly envelope: Envelope } | { readonly id: string; readonly wrong: Problem };

/** The id that a refused line asked to be answered under, if one can be read. */
const idOf = (line: string): string => {
  try {
    const id: unknown = JSON.parse(line)?.id;
    return typeof id === 'string' && id.length <= 2 * limits.idCodePoints ? id : '';
  } catch {
    return '';
  }
};

const parse = (line: string): Parsed => {
  if (line.length > limits.busLineBytes)
    return { id: '', wrong: problem('frame-too-long', { limit: limits.busLineBytes }) };
  const envelope = parseEnvelope(line);
  return isProblem(envelope) ? { id: idOf(line), wrong: envelope } : { envelope };
};

/** `POST /bus/v1/publish?instance=ID`: envelopes in, outcomes out, a line each, in order, once all are durable. */
export const publishRoute = (bus: FastifyInstance, { line, ration }: BusParts): void => {
  bus.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Querystring: { instance?: string }; Body: string | undefined }>(
      '/bus/v1/publish',
      { bodyLimit: limits.batchBytes, config: { bots: ['say'] } },
      async (request, reply) => {
        const instance = instanceIn(request.query.instance, request, reply);
        if (instance === undefined) return reply;
        const lines = (request.body ?? '').split('\n').filter((it) => it.trim() !== '');
        const { grant } = request;
        const most = grant === undefined ? limits.batchEnvelopes : limits.botBurst;
        if (lines.length > most) {
          const reason = `A batch has at most ${most} envelopes.`;
          return sendProblem(reply, problem('request-bad', { reason }));
        }

        const flood = grant && ration(grant.bot, lines.length);
        if (flood !== undefined) return sendProblem(reply, flood);

        const parsed = lines.map(parse);
        const envelopes = parsed.flatMap((it) => ('envelope' in it ? [it.envelope] : []));
        const outcomes = (await line.publish(instance, envelopes, grant)).values();
        const answer = (it: Parsed): Outcome | undefined =>
          'envelope' in it
            ? outcomes.next().value
            : { id: it.id, type: 'refused', problem: it.wrong };
        return reply
          .type('application/x-ndjson')
          .send(parsed.map((it) => toLine(answer(it))).join(''));
      },
    );
  });
};
