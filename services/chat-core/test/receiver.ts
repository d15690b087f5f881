import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One call of a webhook, as it came. */
export type Call = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

type Answer = {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
};

/** Somebody's server that webhooks call. */
export const startReceiver = async (answer: (call: Call) => Answer | Promise<Answer>) => {
  const calls: Call[] = [];
  let changed = (): void => {};
  const server = createServer(async (request, response) => {
    const call = { path: request.url ?? '', headers: request.headers, body: await text(request) };
    calls.push(call);
    const { status, body = '', headers = {} } = await answer(call);
    response.writeHead(status, headers).end(body);
    changed();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ...{ calls, port, url: `http://127.0.0.1:${port}/hook` },
    until: async (holds: (calls: readonly Call[]) => boolean): Promise<void> => {
      while (!holds(calls))
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Whether a call is signed with a secret, as the specification of Standard Webhooks has receivers check. */
export const isSigned = ({ headers, body }: Call, secret: string): boolean => {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given } = headers;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const right = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  const [version, signature = ''] = String(given).split(',');
  const own = Buffer.from(signature, 'base64');
  const isNow = Math.abs(Date.now() / 1_000 - Number(at)) < 300;
  return version === 'v1' && isNow && own.length === 32 && timingSafeEqual(own, right);
};
