import type { FastifyInstance } from 'fastify';
import { defineMetrics, waitBuckets } from './metric.ts';
import type { Metrics } from './metrics.ts';

export const httpMetrics = defineMetrics({
  requests: {
    kind: 'histogram',
    name: 'partyline_http_request_seconds',
    help: 'Time from the head of an HTTP request until its answer was out; of a stream, until it ended. Health and metrics are left out.',
    labels: {
      method: 'the HTTP method, or `other`',
      route: 'the template of the path, or `none`',
      status: '`2xx` to `5xx`',
    },
    buckets: waitBuckets,
  },
});

const methods: ReadonlySet<string> = new Set([
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
]);
const ops: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Measures every request of a server, by the routes that it has: nobody else chooses a label. */
export const measureRequests = (server: FastifyInstance, metrics: Metrics): void => {
  const requests = metrics.histogram(httpMetrics.requests);
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    if (!ops.has(route)) {
      const method = methods.has(request.method) ? request.method : 'other';
      const status = `${Math.floor(reply.statusCode / 100)}xx`;
      requests.observe({ method, route, status }, reply.elapsedTime / 1_000);
    }
    done();
  });
};
