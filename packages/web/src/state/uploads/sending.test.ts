import { expect, test } from 'vitest';
import { type Means, sendFile } from './sending.ts';
import type { Ticket } from './tickets.ts';
import type { Answer, Begun } from './tus.ts';
import type { UploadState } from './upload.ts';

/** A server that answers as it is told, and what was asked of it. */
const play = async (
  answers: readonly (Begun | Answer)[],
  { tickets = [], giveUpAt }: { tickets?: readonly Ticket[]; giveUpAt?: string } = {},
) => {
  const asked: string[] = [];
  const states: UploadState[] = [];
  const left = [...answers];
  const leftTickets = [...tickets];
  const ending = new AbortController();
  let given = 0;
  const next = async <T>(what: string): Promise<T> => {
    asked.push(what);
    if (what.startsWith(giveUpAt ?? '-')) ending.abort();
    return (left.shift() ?? expect.unreachable(`${what} was not expected`)) as T;
  };
  const means: Means = {
    tus: {
      begin: (_file, ticket) => next(`begin ${ticket}`),
      find: (path, ticket) => next(`find ${path} ${ticket}`),
      send: (path, { offset }, ticket) => next(`send ${path} ${offset} ${ticket}`),
      forget: (path) => void asked.push(`forget ${path}`),
    },
    tickets: {
      of: async () => leftTickets.shift() ?? { is: 'ticket', ticket: `t${given}` },
      forget: () => {
        given += 1;
      },
    },
    whenUp: async () => undefined,
    pause: async (failures, afterMs) => void asked.push(`pause ${failures} ${afterMs ?? ''}`),
  };
  const file = new File(['0123456789'], 'digits.txt');
  await sendFile(
    { file, place: 'lobby', signal: ending.signal, onState: (it) => states.push(it) },
    means,
  );
  return { asked, states, last: states.at(-1), left };
};

const begun: Begun = { is: 'begun', path: '/1' };
const there = (sent: number): Answer => ({ is: 'there', sent });
const told: Answer = { is: 'told' };
const broken: Answer = { is: 'broken' };

test('a file is begun, sent and told', async () => {
  const { asked, last } = await play([begun, there(0), told]);
  expect(asked).toEqual(['begin t0', 'find /1 t0', 'send /1 0 t0']);
  expect(last).toEqual({ is: 'done' });
});

test('what broke off goes on where the server has it', async () => {
  const { asked, states } = await play([begun, there(0), broken, there(4), told]);
  expect(asked.slice(2)).toEqual(['send /1 0 t0', 'pause 1 ', 'find /1 t0', 'send /1 4 t0']);
  expect(states).toContainEqual({ is: 'paused', sent: 0 });
  expect(states).toContainEqual({ is: 'sending', sent: 4 });
});

test('a file that is whole and not told yet is told by an empty request, as late as is asked for', async () => {
  const { asked, last } = await play([
    ...[begun, there(0), { is: 'broken', afterMs: 5_000 } as const],
    ...[there(10), told],
  ]);
  expect(asked.slice(3)).toEqual(['pause 1 5000', 'find /1 t0', 'send /1 10 t0']);
  expect(last).toEqual({ is: 'done' });
});

test('an answer that was lost is found again, and nothing is sent twice', async () => {
  const { asked, last } = await play([begun, there(0), broken, told]);
  expect(asked.filter((it) => it.startsWith('send'))).toHaveLength(1);
  expect(last).toEqual({ is: 'done' });
});

test('another ticket is asked for when the old one is none any more', async () => {
  const { asked } = await play([begun, there(0), { is: 'unauthorized' }, there(10), told]);
  expect(asked.slice(2)).toEqual(['send /1 0 t0', 'pause 1 ', 'find /1 t1', 'send /1 10 t1']);
});

test('an upload that the server lost is begun anew', async () => {
  const { asked } = await play([begun, { is: 'unknown' }, begun, there(0), told]);
  expect(asked.filter((it) => it.startsWith('begin'))).toHaveLength(2);
});

test('a refusal is the end, by the server or at the door', async () => {
  const refused = { is: 'refused', message: 'Too large.' } as const;
  expect((await play([refused])).last).toEqual(refused);
  expect((await play([], { tickets: [{ is: 'away' }, refused] })).last).toEqual(refused);
});

test('what is given up is forgotten by the server too', async () => {
  const { asked, left } = await play([begun, there(0), broken, there(0)], { giveUpAt: 'send' });
  expect(asked.at(-1)).toBe('forget /1');
  expect(left).toHaveLength(1);
});
