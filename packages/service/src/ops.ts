import { problem } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './http-problems.ts';
import type { Metrics } from './metrics.ts';

/** What a service tells those who run it. */
export type Ops = {
  /** True when it can serve; else why it can't, as a sentence. */
  readonly ready: () => true | string;
  readonly metrics: Metrics;
};

/** Adds `/healthz` (the process runs), `/readyz` (it can serve) and `/metrics` (Prometheus). */
export const opsRoutes = (server: FastifyInstance, { ready, metrics }: Ops): void => {
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', (_request, reply) => {
    const it = ready();
    return it === true ? { status: 'ready' } : sendProblem(reply, problem('unavailable'), it);
  });
  server.get('/metrics', async (_request, reply) => {
    const text = await metrics.registry.metrics();
    return reply.type(metrics.registry.contentType).send(text);
  });
};
