import type { ServerResponse } from 'node:http';
import { problem, type StreamLine, toLine } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { instanceIn } from './instance-id.ts';
import { type BusParts, HEARTBEAT_MS } from './parts.ts';
import type { Sink } from './streams.ts';

const sinkOf = (response: ServerResponse): Sink => ({
  get queuedBytes() {
    return response.writableLength;
  },
  write: (text) => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write(text);
  },
  end: () => response.end(),
  destroy: () => response.destroy(),
});

/** `GET /bus/v1/subscribe?instance=ID`: everything the instance is to know, a line each, without an end. */
export const subscribeRoute = (bus: FastifyInstance, parts: BusParts): void => {
  const { line, streams, fanOut, log } = parts;

  const beat = setInterval(() => {
    streams.appendAll(toLine({ type: 'heartbeat', at: Date.now() } satisfies StreamLine));
    streams.flush();
  }, HEARTBEAT_MS * 0.8);
  bus.addHook('onClose', async () => clearInterval(beat));

  /** The instance has the grace time to come back. */
  const lapse = (instance: string): void => {
    fanOut.drop(instance);
    line
      .run({ type: 'lapse', instance })
      .catch((error: unknown) => log.error({ err: error, instance }, 'could not shorten a lease'));
  };

  const config = { bots: ['read', 'commands'] } as const;
  type Asked = { Querystring: { instance?: string } };
  bus.get<Asked>('/bus/v1/subscribe', { config }, async (request, reply) => {
    const instance = instanceIn(request.query.instance, request, reply);
    if (instance === undefined) return reply;
    const sink = sinkOf(reply.raw);
    streams.ask(instance, sink);
    reply.raw.on('close', () => {
      if (streams.closed(instance, sink)) lapse(instance);
    });
    const isKnown = await line.run({ type: 'attach', instance });
    if (isKnown) return reply.hijack();
    streams.closed(instance, sink);
    return sendProblem(reply, problem('instance-unknown', { instance }));
  });
};
