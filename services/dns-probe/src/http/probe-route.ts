import { isProblem, type Problem, problem } from '@partyline/protocol';
import { type HttpServer, sendProblem } from '@partyline/service';
import type { GuardedProbe } from '../probe/guard.ts';
import type { Question } from '../probe/probe.ts';

const parameters = ['name', 'type', 'server'];

const bad = (reason: string): Problem => problem('request-bad', { reason });

const readQuery = (given: URLSearchParams): Question | Problem => {
  for (const key of given.keys()) {
    if (!parameters.includes(key))
      return bad(`There is no parameter ${key.slice(0, 32)}. There are: ${parameters.join(', ')}.`);
    if (given.getAll(key).length > 1) return bad(`There is more than one ${key}.`);
  }
  const name = given.get('name');
  if (name === null) return bad('A name is needed: /probe?name=example.org');
  const type = given.get('type');
  const server = given.get('server');
  return {
    name,
    // In a query, `A+AAAA` is written `A%2BAAAA`; meant as it stands, it comes with a space.
    ...(type !== null && { type: type.replaceAll(' ', '+') }),
    ...(server !== null && { servers: server.split(/[ +,]/) }),
  };
};

/** `GET /probe?name=example.org&type=A+AAAA&server=1.1.1.1`: all ways to look a name up, side by side. */
export const probeRoute = (server: HttpServer, probe: GuardedProbe): void => {
  server.get('/probe', async (request, reply) => {
    const question = readQuery(new URL(request.url, 'http://localhost').searchParams);
    const result = isProblem(question) ? question : await probe(question, request.ip);
    reply.header('cache-control', 'no-store');
    return isProblem(result) ? sendProblem(reply, result) : result;
  });
};
