import { problem } from '@partyline/protocol';
import { createHttpServer, createLog, createMetrics } from '@partyline/service';
import { afterAll, expect, it } from 'vitest';
import type { Question } from '../probe/probe.ts';
import { probeRoute } from './probe-route.ts';

const log = createLog({ service: 'dns-probe', instance: 'dns-probe-1', level: 'fatal' });
const metrics = createMetrics({ service: 'dns-probe' });
const server = createHttpServer({ ready: () => true, metrics, log });
const asked: Question[] = [];
probeRoute(server, async (question) => {
  asked.push(question);
  return question.name === 'bad'
    ? problem('dns-name-bad')
    : { name: question.name, resolve: [], differences: [] };
});
afterAll(() => server.close());

it('asks what the query says', async () => {
  const answer = await server.inject('/probe?name=a.example&type=A+AAAA&server=1.1.1.1,home');
  expect(answer.json()).toMatchObject({ name: 'a.example' });
  expect(asked.at(-1)).toEqual({
    ...{ name: 'a.example', type: 'A+AAAA' },
    servers: ['1.1.1.1', 'home'],
  });
});

it.each([
  ['/probe?name=bad', 422, 'dns-name-bad'],
  ['/probe', 400, 'request-bad'],
  ['/probe?name=a&name=b', 400, 'request-bad'],
  ['/probe?name=a&server=b&server=c', 400, 'request-bad'],
  ['/probe?name=a&sever=10.0.0.1', 400, 'request-bad'],
  ['/probes', 404, 'path-unknown'],
])('answers %s with a problem', async (url, status, code) => {
  const answer = await server.inject(url);
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.json()).toMatchObject({ code, status });
});
