// A steady service that also knows, as chat-core does, which instances are on the bus.
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';

const instances = [{ kind: 'gateway', endpoints: [] }];
const path = process.env.PARTYLINE_BUS_LISTEN?.replace('unix:', '') ?? '';
rmSync(path, { force: true });
const server = createServer((request, response) => {
  const known = request.url === '/bus/v1/instances' && request.headers.authorization;
  response.writeHead(known ? 200 : 404).end(JSON.stringify({ instances }));
});
server.unref().listen(path, () => import('./steady.ts'));
