import { problem } from '@partyline/protocol';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './http-problems.ts';
import { defineMetrics } from './metric.ts';
import type { Metrics } from './metrics.ts';

/** What a service tells those who run it. */
export type Ops = {
  /** True when it can serve; else why it can't, as a sentence. */
  readonly ready: () => true | string;
  readonly metrics: Metrics;
};

export const opsMetrics = defineMetrics({
  ready: {
    kind: 'gauge',
    name: 'partyline_ready',
    help: '1 while the service can serve, as `/readyz` says; else 0.',
  },
});

/** Adds `/healthz` (the process runs), `/readyz` (it can serve) and `/metrics` (Prometheus). */
export const opsRoutes = (server: FastifyInstance, { ready, metrics }: Ops): void => {
  const isReady = metrics.gauge(opsMetrics.ready);
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', (_request, reply) => {
    const it = ready();
    return it === true ? { status: 'ready' } : sendProblem(reply, problem('unavailable'), it);
  });
  server.get('/metrics', async (_request, reply) => {
    isReady.set(Number(ready() === true));
    const text = await metrics.registry.metrics();
    return reply.type(metrics.registry.contentType).send(text);
  });
};
