import type { Envelope, Hello } from '@partyline/protocol';
import { payload } from './payload.ts';
import type { Step } from './wires.ts';

/** How a client publishes what is to be kept, and what it is answered with when it is. */
export type DurableWire = {
  readonly greeting: (name: string) => readonly Step[];
  /** One request with `count` messages, which are numbered from `first`. */
  readonly request: (name: string, first: number, count: number) => Buffer;
  /** What the answer holds once for each message that is durable. */
  readonly kept: string;
};

/** The bus token of a Partyline that is measured. */
export const BUS_TOKEN = 'token-of-the-bench';

const http = (method: string, path: string, body: string): Buffer =>
  Buffer.from(
    [
      `${method} /bus/v1/${path} HTTP/1.1`,
      'Host: bus',
      `Authorization: Bearer ${BUS_TOKEN}`,
      `Content-Type: application/${method === 'PUT' ? 'json' : 'x-ndjson'}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );

const hello: Hello = { kind: 'bench', endpoints: [], commands: [], sessions: [], rooms: [] };
const line = (envelope: Envelope): string => `${JSON.stringify(envelope)}\n`;
const numbers = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => first + n);

export const durableWires = {
  /** Each client is in a room of its own, so that what is measured is keeping, not telling. */
  'partyline json': {
    greeting: (name) => [
      { send: `${JSON.stringify({ type: 'login', nickname: name })}\n`, until: '"success":true' },
      { send: `${JSON.stringify({ type: 'join', room: name })}\n`, until: '"type":"join"' },
    ],
    request: (name, first, count) =>
      Buffer.from(
        numbers(first, count)
          .map((n) =>
            JSON.stringify({ type: 'broadcast', room: name, id: `${n}`, message: payload(n, 0) }),
          )
          .join('\n')
          .concat('\n'),
      ),
    kept: '"type":"ack"',
  },
  'partyline bus': {
    greeting: (name) => {
      const open = { type: 'open', nick: name, rooms: [name], wire: 'bench' } as const;
      const command = { ...open, token: `${name}.${'s'.repeat(32)}` };
      return [
        { send: http('PUT', `instances/${name}`, JSON.stringify(hello)), until: '"epoch"' },
        {
          send: http(
            'POST',
            `publish?instance=${name}`,
            line({ id: 'open', session: name, command }),
          ),
          until: '"opened"',
        },
      ];
    },
    request: (name, first, count) =>
      http(
        'POST',
        `publish?instance=${name}`,
        numbers(first, count)
          .map((n) => {
            const command = { type: 'say', room: name, text: payload(n, 0) } as const;
            return line({ id: `${n}`, session: name, command });
          })
          .join(''),
      ),
    kept: '"type":"published"',
  },
  /** A stream a client, as a room is a log. */
  redis: {
    greeting: () => [],
    request: (name, first, count) =>
      Buffer.from(
        numbers(first, count)
          .map((n) => `XADD ${name} * id ${n} nick ${name} text ${payload(n, 0)}\r\n`)
          .join(''),
      ),
    // Each answer is one bulk string, `$15\r\n1718000000000-0\r\n`.
    kept: '$',
  },
} as const satisfies Record<string, DurableWire>;

export type DurableWireName = keyof typeof durableWires;
