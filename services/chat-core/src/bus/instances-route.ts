import {
  botScopes,
  Heads,
  Hello,
  type HelloAnswer,
  InstanceReport,
  isProblem,
  limits,
  Monitors,
  problem,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { instanceIn } from './instance-id.ts';
import { type BusParts, HEARTBEAT_MS } from './parts.ts';

/** A gateway may hold a hundred thousand sessions, whose ids are 20 bytes each in a hello. */
const HELLO_BYTES = 8 * 1_048_576;

type Named = { Params: { instance: string } };

/** `/bus/v1/instances`: who is on the bus, and how one comes and goes. */
export const instancesRoute = (bus: FastifyInstance, parts: BusParts): void => {
  const { line, read, streams, fanOut, board, epoch, leaseMs } = parts;
  const path = '/bus/v1/instances/:instance';

  bus.get('/bus/v1/instances', async () => ({ instances: await read.instances() }));

  bus.put<Named & { Body: Hello }>(
    path,
    { bodyLimit: HELLO_BYTES, schema: { body: Hello }, config: { bots: botScopes } },
    async (request, reply) => {
      const instance = instanceIn(request.params.instance, request, reply);
      if (instance === undefined) return reply;
      const { body: hello, grant } = request;
      // What a bot may not be told any more, it isn't told again when its stream begins.
      if (grant === undefined) streams.expect(instance);
      const whose = grant === undefined ? {} : { grant };
      const ended = await line.run({ type: 'hello', instance, hello, ...whose });
      if (isProblem(ended)) return sendProblem(reply, ended);
      return { epoch, leaseMs, heartbeatMs: HEARTBEAT_MS, ended } satisfies HelloAnswer;
    },
  );

  bus.post<Named & { Body: Monitors }>(
    `${path}/monitors`,
    { bodyLimit: HELLO_BYTES, schema: { body: Monitors } },
    async (request, reply) => {
      fanOut.monitor(request.params.instance, request.body);
      return reply.code(204).send();
    },
  );

  bus.post<Named & { Body: Heads }>(
    `${path}/heads`,
    { schema: { body: Heads } },
    async (request, reply) => {
      fanOut.head(request.params.instance, request.body);
      return reply.code(204).send();
    },
  );

  bus.put<Named & { Body: InstanceReport }>(
    `${path}/report`,
    { bodyLimit: limits.reportBytes, schema: { body: InstanceReport } },
    async (request, reply) => {
      const { instance } = request.params;
      if (board.take(instance, request.body)) return reply.code(204).send();
      return sendProblem(reply, problem('instance-unknown', { instance }));
    },
  );

  bus.delete<Named>(path, { config: { bots: botScopes } }, async (request, reply) => {
    const instance = instanceIn(request.params.instance, request, reply);
    if (instance === undefined) return reply;
    await line.run({ type: 'leave', instance });
    return reply.code(204).send();
  });
};
